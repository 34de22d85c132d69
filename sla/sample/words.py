"""The words of the invented desks and their customers: statuses, severities, subjects, comments and names."""

from __future__ import annotations

from sla.sample.dice import Weighted

# policy and language → the desk's words: new, in progress, waiting on the customer, solved, closed, spam
STATUSES: dict[tuple[str, str], tuple[str, str, str, str, str, str]] = {
    ("vodlix", "pt"): ("Novo", "Em andamento", "Aguardando cliente", "Resolvido", "Fechado", "Spam"),
    ("vodlix", "ar"): ("جديد", "قيد المعالجة", "بانتظار العميل", "تم الحل", "مغلق", "بريد مزعج"),
    ("liveagent", "en"): ("New", "Open", "Answered", "Resolved", "Closed", "Spam"),
    ("liveagent", "pt"): ("New", "Open", "Answered", "Resolved", "Closed", "Spam"),
    ("zoom", "en"): ("New", "Open", "Pending", "Solved", "Closed", "Spam"),
    ("zoom", "pt"): ("New", "Open", "Pending", "Solved", "Closed", "Spam"),
    ("zoom", "ar"): ("New", "Open", "Pending", "Solved", "Closed", "Spam"),
    ("hosting", "pt"): ("Em análise", "Em andamento", "Aguardando resposta", "Resolvido", "Fechado", "Spam"),
}

# policy → severities, the worst first, with their share of the tickets
SEVERITIES: dict[str, Weighted[int]] = {
    "vodlix": Weighted((0, 9), (1, 24), (2, 42), (3, 25)),
    "liveagent": Weighted((0, 5), (1, 12), (2, 38), (3, 20), (4, 25)),
    "zoom": Weighted((0, 6), (1, 18), (2, 48), (3, 28)),
    "hosting": Weighted((0, 1)),
}
SEVERITY_WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("vodlix", "pt"): ("Crítico", "Alto", "Médio", "Baixo"),
    ("vodlix", "ar"): ("حرج", "عالي", "متوسط", "منخفض"),
    ("liveagent", "en"): ("1", "2", "3", "4", "5"),
    ("liveagent", "pt"): ("1", "2", "3", "4", "5"),
    ("zoom", "en"): ("1", "2", "3", "4"),
    ("zoom", "pt"): ("1", "2", "3", "4"),
    ("zoom", "ar"): ("1", "2", "3", "4"),
    ("hosting", "pt"): ("",),
}
NOT_A_SEVERITY = {"pt": "A classificar", "ar": "غير مصنف", "en": "Unrated"}

SUBJECTS: dict[tuple[str, str], tuple[str, ...]] = {
    ("vodlix", "pt"): (
        "Vídeo não reproduz",
        "Erro no upload de vídeo",
        "Legendas fora de sincronia",
        "Pagamento não passa",
        "Codificação parada",
        "Capa não aparece",
        "Como criar um cupom",
        "Relatório de audiência vazio",
        "Transmissão ao vivo caindo",
        "Login em laço",
        "Alterar idioma do painel",
        "Catálogo duplicado",
    ),
    ("vodlix", "ar"): (
        "الفيديو لا يعمل",
        "فشل رفع الفيديو",
        "الترجمة غير متزامنة",
        "الدفع لا يكتمل",
        "الترميز متوقف",
        "الصورة لا تظهر",
        "كيفية إنشاء قسيمة",
        "تقرير المشاهدة فارغ",
        "انقطاع البث المباشر",
        "تعذر تسجيل الدخول",
        "تغيير لغة اللوحة",
        "تكرار في القائمة",
    ),
    ("liveagent", "en"): (
        "New emails are not fetched",
        "Rule does not fire",
        "Chat button missing",
        "Slow ticket list",
        "Service unavailable",
        "Export of contacts",
        "How to add a department",
        "Call recording silent",
        "Integration stopped",
        "Feature idea: tags",
        "Wrong time in report",
        "Canned answer lost",
    ),
    ("liveagent", "pt"): (
        "E-mails novos não chegam",
        "Regra não dispara",
        "Botão de chat sumiu",
        "Lista de tickets lenta",
        "Serviço fora do ar",
        "Exportar contatos",
        "Como criar um departamento",
        "Gravação sem som",
        "Integração parou",
        "Ideia: etiquetas",
        "Horário errado no relatório",
        "Resposta pronta perdida",
    ),
    ("zoom", "en"): (
        "Meeting ends early",
        "No audio",
        "Cannot share screen",
        "Recording missing",
        "Webhook returns 500",
        "Change of licence",
        "Room display frozen",
        "Add a phone number",
        "Calendar not in sync",
        "Login by SSO fails",
    ),
    ("zoom", "pt"): (
        "Reunião cai",
        "Sem áudio",
        "Não consigo compartilhar a tela",
        "Gravação sumiu",
        "Webhook responde 500",
        "Troca de licença",
        "Tela da sala travada",
        "Incluir um telefone",
        "Agenda não sincroniza",
        "Falha no SSO",
    ),
    ("zoom", "ar"): (
        "الاجتماع ينقطع",
        "لا يوجد صوت",
        "تعذرت مشاركة الشاشة",
        "التسجيل مفقود",
        "تغيير الترخيص",
        "شاشة الغرفة متجمدة",
        "إضافة رقم هاتف",
        "التقويم غير متزامن",
        "فشل الدخول الموحد",
        "سؤال عن الفاتورة",
    ),
    ("hosting", "pt"): (
        "Site fora do ar",
        "E-mail não envia",
        "Certificado vencido",
        "Migração de site",
        "Limite de disco",
        "IP bloqueado",
        "Senha do painel",
        "Lentidão no banco",
        "Apontar domínio",
        "Restaurar backup",
        "Reenvio de fatura",
        "Vírus no site",
    ),
}
PLACES: dict[str, tuple[str, ...]] = {
    "pt": ("", "", " na TV", " no celular", " no painel", " desde ontem", " na loja", " no site novo", ", urgente"),
    "ar": ("", "", " على التلفاز", " في الجوال", " في اللوحة", " منذ الأمس", " في المتجر", "، عاجل"),
    "en": ("", "", " on mobile", " in the panel", " since yesterday", " in one team", " after update", ", again"),
}
ALARMS = {"pt": "Alerta: fila parada", "ar": "تنبيه: توقف الطابور", "en": "Alert: queue stalled"}
OUTREACH = {"pt": "Aviso de manutenção", "ar": "إشعار صيانة", "en": "Planned maintenance"}
JUNK = {"pt": "Ganhe seguidores agora", "ar": "اربح جائزة الآن", "en": "Cheap followers today"}
OUTAGE = "Nenhum vídeo abre"

PRAISE: dict[str, tuple[str, ...]] = {
    "pt": ("Rápido e claro, obrigado!", "Resolveu na primeira resposta", "Atendimento atencioso"),
    "ar": ("شكرا، حل سريع", "خدمة ممتازة", "رد واضح ومفيد"),
    "en": ("Quick and clear, thank you", "Solved at once", 'They even said "anything else?"'),
}
BLAME: dict[str, tuple[str, ...]] = {
    "pt": ("Demorou demais", "Tive de explicar três vezes", "Ainda acontece às vezes, infelizmente"),
    "ar": ("الرد متأخر جدا", "اضطررت لشرح المشكلة مرتين", "ما زالت المشكلة تتكرر"),
    "en": ("Far too slow", "Had to explain it three times", "It still happens, sadly"),
}

NAMES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "pt": (
        ("Exemplo", "Amostra", "Fictícia", "Modelo", "Ensaio", "Imaginária"),
        ("Filmes", "TV", "Cursos", "Rádio", "Lojas", "Cinema", "Escola"),
    ),
    "ar": (("مثال", "نموذج", "عينة", "تجربة"), ("للإعلام", "للأفلام", "للتعليم", "للبث", "للتجارة")),
    "en": (
        ("Sample", "Placeholder", "Example", "Specimen", "Mock"),
        ("Studios", "Radio", "Retail", "Academy", "Logistics", "Clinics"),
    ),
}

"""One week of one policy: the answer, thirteen weeks, what stands out, what broke, what falls due next."""

import streamlit as st

from sla.charts.standouts import standouts
from sla.charts.trend import trend
from sla.ui import blocks, choose_metric, choose_policy, choose_week, report, require_frame, spoken, tables
from sla.words import week as sentences

require_frame()
words = spoken()

if not report("policies"):
    blocks.notice(words("app.nothing_measured"), words)
    st.stop()

with st.container(key="filters"):
    for_policy, for_week, for_metric = st.columns([2, 3, 2])
    with for_policy:
        policy = choose_policy(words)
    with for_week:
        week = choose_week(policy, words)
of_week = {"policy": policy["policy"], "week": week}
attainment = report("week_attainment", **of_week)
promised = [row["metric"] for row in attainment if row["has_target"]]
waits = {row["metric"]: row for row in report("week_waits", **of_week)}

if not promised:
    blocks.lead(sentences.lead_of_waits(waits["first_response"], week, words), words)
    blocks.figures([sentences.wait(row, words) for row in waits.values()], words)
    blocks.quiet(words("waits.rule"), words)
    st.stop()

with for_metric:
    metric = choose_metric(promised, words)
of_metric = {**of_week, "metric": metric}
chosen = next(row for row in attainment if row["metric"] == metric)
blocks.lead(sentences.lead(chosen, week, words), words)

if week == policy["as_of_week"]:
    blocks.quiet(words("lead.so_far", as_of=words.instant(policy["as_of"], policy["timezone"])), words)

exclusions = report("week_exclusions", **of_week)
figures = [
    sentences.figure(row, week, exclusions, words) if row["has_target"] else sentences.wait(waits[row["metric"]], words)
    for row in attainment
]
blocks.figures(figures, words)
blocks.quiet(words("figure.rule", zone=words.zone(policy["timezone"])), words)

blocks.heading(words("trend.title"), words)
blocks.chart(trend(report("attainment_by_week", **of_metric), words), "trend")
blocks.quiet(words("trend.note"), words)

blocks.heading(words("standouts.title"), words)
found = [row for row in report("week_standouts", **of_metric, language=words.language) if row["stands_out"]][:5]
if found:
    blocks.paragraph(sentences.standout(found[0], words), words)
    blocks.chart(standouts(found, words), "standouts")
    blocks.quiet(words("standouts.note"), words)
else:
    blocks.paragraph(sentences.no_standout(chosen["breached_count"], words), words)

blocks.heading(words("matrix.title"), words)
blocks.matrix(report("week_severity_by_plan", **of_metric, language=words.language), chosen, words)

blocks.heading(words("breaches.title"), words)
tables.breaches(report("week_breaches", **of_metric, language=words.language), words)

blocks.heading(words("due.title"), words)
tables.due(report("due_next", policy=policy["policy"], language=words.language), policy, words)

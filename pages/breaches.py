"""Every breached clock of a period, where they cluster, and the running ones by how much of their target is used."""

import streamlit as st

from sla.ui import Row, blocks, report, require_frame, scope, spoken
from sla.ui import breaches as lists
from sla.ui.clusters import MOST, clusters_html
from sla.words import Words
from sla.words import breaches as sentences

require_frame()


def show(words: Words) -> None:
    """Draws the answer, then what was breached and what is at risk; where nothing is promised, the longest waits."""
    answer = st.container()
    promised = scope().policy["target_metrics"]
    if not promised:
        show_waits(answer, words)
        return
    zone = lists.reader_zone()
    chosen = lists.choose_clocks(promised, words("breached.all_metrics"), words)
    metric = chosen["metric"]
    counts = report("breaches_of_period", **scope().values, metric=metric)[0]
    bands = report("at_risk_by_band", **scope().filters, metric=metric)
    with answer:
        blocks.lead(sentences.lead(counts, bands, period_name(words), metric, zone, words), words)
        blocks.quiet(words("breached.rule", zone=words.zone(scope().timezone)), words)
    blocks.heading(words("breached.title"), words)
    lists.breached_list(chosen, words)
    if counts["breached_count"]:
        show_clusters(metric, words)
    blocks.heading(words("at_risk.title"), words)
    if not bands:
        blocks.paragraph(words("due.none"), words)
        return
    blocks.quiet(words("at_risk.note", as_of=words.instant(scope().as_of, scope().timezone)), words)
    lists.running_list(chosen, bands, zone, words)
    whose = "reporting" if zone == scope().timezone else "reader"
    blocks.quiet(words(f"at_risk.zone_{whose}", zone=words.zone(zone)), words)


def show_clusters(metric: str | None, words: Words) -> None:
    """By what the breaches of the period cluster; each name leads to its own."""

    def link(row: Row) -> str | None:
        dimension, value = row["dimension"], row["value"]
        if not value or scope().filters[dimension] == value:
            return None
        return scope().link("breaches", words.language, metric=metric, show="breached", **{dimension: value})

    rows = report("breaches_by", **scope().values, metric=metric, most=MOST, language=words.language)
    blocks.heading(words("clusters.title"), words)
    blocks.scrolling(clusters_html(rows, words, link), words)
    blocks.quiet(words("clusters.note"), words)


def show_waits(answer: st.delta_generator.DeltaGenerator, words: Words) -> None:
    """A policy that promises nothing breaches nothing: who waited longest."""
    chosen = lists.choose_clocks(lists.WAITS, words("longest_waits.both"), words)
    longest = report("longest_waits", **scope().values, metric=chosen["metric"], most=1)
    with answer:
        blocks.lead(sentences.lead_of_waits(longest, period_name(words), words), words)
        blocks.quiet(words("longest_waits.rule", as_of=words.instant(scope().as_of, scope().timezone)), words)
    blocks.heading(words("longest_waits.title"), words)
    if longest:
        lists.longest_waits(chosen, words)
    else:
        blocks.paragraph(words("longest_waits.none"), words)


def period_name(words: Words) -> str:
    """The period, with its days where it is a week."""
    period = scope().period
    return words.period(period.kind, period.first_on, period.last_on)


show(spoken())

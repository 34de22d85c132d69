"""A drawing that nothing changes any more is turned into plain values once."""

import plotly.graph_objects as go
from plotly.io import to_json

from sla.charts import Drawing, finished


def test_a_finished_drawing_gives_the_values_it_had_without_a_copy() -> None:
    figure = go.Figure(go.Bar(x=["a", "b"], y=[1, 2]))
    before = to_json(figure.to_dict(), validate=False)
    drawing = finished(Drawing(figure, "b is the larger"))
    assert drawing.figure.to_dict() is drawing.figure.to_dict()
    assert to_json(drawing.figure.to_dict(), validate=False) == before
    assert drawing.alt == "b is the larger"

from decimal import Decimal

from workstation.domain.estimates import Estimate, EstimateKind, Figure


def test_a_figure_is_found_by_its_kind_and_missing_ones_are_none() -> None:
    margin = Figure(kind=EstimateKind.MARGIN, amount=Decimal("12.5"), currency="EUR", source="venue's own calculation")
    estimate = Estimate(figures=(margin,))
    assert estimate.figure(EstimateKind.MARGIN) is margin
    assert estimate.figure(EstimateKind.COMMISSION) is None

from decimal import Decimal

import pytest

from tests.support.desk_bench import DeskBench
from tests.support.fake_venue import ACCOUNT, limit_terms
from workstation.desk.commands import Answer, BrokersWord, Command, ReadDoubt, Refused, SettleByHand
from workstation.desk.flatten_commands import Flatten, Flattened, FlattenPlan, PlanFlatten
from workstation.desk.group_commands import CheckGroup, GroupChecked, GroupPolicy, PlaceGroup
from workstation.domain.identity import ClOrdID

W9 = ClOrdID("W9")
LEG = limit_terms()


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        (PlanFlatten(account=ACCOUNT, symbol="ZCZ26"), FlattenPlan),
        (Flatten(account=ACCOUNT, symbol="ZCZ26", gesture="x"), Flattened),
        (CheckGroup(legs=(LEG,)), GroupChecked),
        (PlaceGroup(legs=(), policy=GroupPolicy.CHECK_ALL_FIRST, gesture="x", accepted=()), Refused),
        (ReadDoubt(cl_ord_id=W9), Refused),
        (SettleByHand(cl_ord_id=W9, said=BrokersWord.TRADED, typed="", gesture="x", cum_qty=Decimal(1)), Refused),
    ],
)
def test_each_command_reaches_its_desk(bench: DeskBench, command: Command, kind: type[Answer]) -> None:
    assert isinstance(bench.ask(command), kind)

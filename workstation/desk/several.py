"""What the trader asks for that takes several orders, or none: flatten, groups, and settling a doubt by hand.

Each order of it goes through the order desk or the cancel desk, like any other.
"""

from workstation.desk.cancel_desk import CancelDesk
from workstation.desk.commands import Answer, ReadDoubt, SettleByHand
from workstation.desk.flatten import FlattenDesk
from workstation.desk.flatten_commands import Flatten, PlanFlatten
from workstation.desk.floor import Floor
from workstation.desk.group_commands import CheckGroup, PlaceGroup
from workstation.desk.groups import GroupDesk
from workstation.desk.hand_settlement import HandSettlement
from workstation.desk.order_desk import OrderDesk

SeveralCommand = PlanFlatten | Flatten | CheckGroup | PlaceGroup | ReadDoubt | SettleByHand


class SeveralDesk:
    """Passes each command to the part that does it."""

    def __init__(self, floor: Floor, orders: OrderDesk, cancels: CancelDesk) -> None:
        self._by_hand = HandSettlement(floor)
        self._flatten = FlattenDesk(floor, orders, cancels)
        self._groups = GroupDesk(floor, orders, cancels)

    async def handle(self, command: SeveralCommand) -> Answer:
        """Do it, or say why not."""
        match command:
            case PlanFlatten():
                return self._flatten.plan(command)
            case Flatten():
                return await self._flatten.flatten(command)
            case CheckGroup():
                return self._groups.check(command)
            case PlaceGroup():
                return await self._groups.place(command)
            case ReadDoubt():
                return self._by_hand.doubt(command)
            case SettleByHand():
                return self._by_hand.settle(command)

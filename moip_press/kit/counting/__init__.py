"""Numbers that the kit knows itself: how many events, places, regions it has, what they add up to.

``count: events where region=Bretagne``, ``sum: capacity``: the conditions are those of a
selection, the numbers those of what the pages print.
"""

from moip_press.kit.counting.counted import Counted, count, grouped
from moip_press.kit.counting.filled import filled
from moip_press.kit.counting.question import Question
from moip_press.kit.counting.question_faults import faults

__all__ = ["Counted", "Question", "count", "faults", "filled", "grouped"]

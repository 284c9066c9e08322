"""The second stage: values become typed, frozen records, and faults find their place."""

"""The trainer's side of drills: skills over time, what to practise next, cohorts, assignments and exports."""

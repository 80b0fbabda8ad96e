"""The codebase about itself: what it promises of its own form is tried here like everything else."""

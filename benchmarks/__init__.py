"""Alliage against its peers: ``python -m benchmarks`` measures all of them in one run (see ``docs/performance.md``)."""

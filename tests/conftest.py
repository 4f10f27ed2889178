from hypothesis import settings

# A busy machine is no fault of the code; how fast the hall is, bench/ says.
settings.register_profile("hall", deadline=None)
settings.load_profile("hall")

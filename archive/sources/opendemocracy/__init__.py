"""openDemocracy: Wagtail pages of 2019 to 2021 in two layouts, and text copies of any age."""

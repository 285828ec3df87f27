"""The reading room: the published database as a static site that an institution can put on any web server.

Here belong reading the database for pages (`holdings`, `texts`), the addresses (`addresses`), what is computed for a
page (`difference`, `plots`), the pages themselves (`pages`, `templates/`), the search index (`search_index`) and the
writing of the whole (`build`). Not here: anything that changes the archive, and any request to another host.
"""

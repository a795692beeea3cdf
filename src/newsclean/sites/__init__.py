"""Site memory: what comes back on the pages of a site, and so is the site's, not the story's.

Pages are seen one by one (`sighting`), what was seen is gathered and merged (`gathering`), for each site it is worked
out what comes back in several stories (`stock`), and a page's blocks are judged by that (`recall`).
"""

"""Where on a page its front matter stands, and which of several titles, bylines and dates is believed."""

//! One module for each command: each joins the stations of the flow.

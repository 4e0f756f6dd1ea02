-- Each request carries one mebibyte.
wrk.method = "POST"
wrk.body = string.rep("x", 1048576)

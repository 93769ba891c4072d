package sandbox

import "net/http"

const controlPath = "/control/"

func (s *Server) serveControl(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }

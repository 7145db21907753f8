package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// host is the site. It needs WENSHU_SERVER, WENSHU_KEY (file of an Ed25519
// private key, PEM), WENSHU_PAGES (folder of page.html and host.js) and PORT.
type host struct {
	server, pages string
	key           any
}

func main() {
	pem, err := os.ReadFile(os.Getenv("WENSHU_KEY"))
	if err != nil {
		log.Fatal(err)
	}
	key, err := jwt.ParseEdPrivateKeyFromPEM(pem)
	if err != nil {
		log.Fatal(err)
	}
	h := host{os.Getenv("WENSHU_SERVER"), os.Getenv("WENSHU_PAGES"), key}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /wenshu-token", h.token)
	mux.HandleFunc("GET /host.js", func(w http.ResponseWriter, r *http.Request) { h.file(w, "host.js", "text/javascript") })
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { h.file(w, "page.html", "text/html; charset=utf-8") })
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), mux))
}

// token says who is signed in; a real server takes that from its own session.
func (h host) token(w http.ResponseWriter, _ *http.Request) {
	now := time.Now()
	t := jwt.NewWithClaims(jwt.SigningMethodEdDSA, jwt.MapClaims{
		"iss": "https://intranet.example", "aud": "wenshu-embed", "sub": "li", "name": "李雷",
		"attrs": map[string][]string{"region": {"华东"}}, "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(),
	})
	t.Header["kid"] = "intranet-1"
	signed, err := t.SignedString(h.key)
	if err != nil {
		http.Error(w, "no token", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if err := json.NewEncoder(w).Encode(map[string]string{"token": signed}); err != nil {
		log.Print(err)
	}
}

func (h host) file(w http.ResponseWriter, name, mime string) {
	body, err := os.ReadFile(filepath.Join(h.pages, name))
	if err != nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", mime)
	w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self' "+h.server+"; connect-src 'self' "+h.server)
	if _, err := strings.NewReader(strings.ReplaceAll(string(body), "{{server}}", h.server)).WriteTo(w); err != nil {
		log.Print(err)
	}
}

package api

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"
)

// pageTypes are the kinds of files that a page may have.
var pageTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".svg": "image/svg+xml", ".woff2": "font/woff2", ".png": "image/png",
}

// page is the files of the page, read once: a request names one of them or
// finds nothing, so that no path leads out of them.
type page struct{ files map[string]pageFile }

type pageFile struct {
	body, zipped []byte // zipped is nil where it saves nothing
	mime, tag    string
}

// readPage reads the files at the root of a file system; nil for none.
func readPage(files fs.FS) (*page, error) {
	if files == nil {
		return nil, nil
	}
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, fmt.Errorf("read page: %w", err)
	}
	p := &page{map[string]pageFile{}}
	for _, e := range entries {
		mime, ok := pageTypes[path.Ext(e.Name())]
		if e.IsDir() || !ok {
			return nil, fmt.Errorf("read page: %s is no file of a page", e.Name())
		}
		body, err := fs.ReadFile(files, e.Name())
		if err != nil {
			return nil, fmt.Errorf("read page: %w", err)
		}
		zipped, err := zip(body)
		if err != nil {
			return nil, fmt.Errorf("read page: %s: %w", e.Name(), err)
		}
		hash := sha256.Sum256(body)
		p.files[e.Name()] = pageFile{body, zipped, mime, `"` + hex.EncodeToString(hash[:12]) + `"`}
	}
	if _, ok := p.files["index.html"]; !ok {
		return nil, fmt.Errorf("read page: %w: index.html", fs.ErrNotExist)
	}
	return p, nil
}

// zip compresses a file once, so that no request waits for it.
func zip(body []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	if b.Len() > len(body)*9/10 {
		return nil, nil
	}
	return b.Bytes(), nil
}

// pageNames are the addresses of pages with their files.
var pageNames = map[string]string{"/": "index.html", "/boards": "index.html", "/frame": "frame.html", "/link": "link.html"}

// pageFile serves the pages, and the other files under /assets. Browsers ask
// every time whether a file has changed. Scripts may be loaded by pages of other
// origins, which embed the widget: there is nothing secret in them.
func (s *Server) pageFile(c echo.Context) error {
	name := c.Param("name")
	if page, ok := pageNames[c.Path()]; ok {
		name = page
	}
	file, ok := s.page.files[name]
	if !ok {
		return fault{code: notFound}
	}
	if err := s.writeWithin(c); err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Content-Security-Policy", pagePolicy)
	if origins := s.origins(); name == "frame.html" && len(origins) > 0 {
		h.Set("Content-Security-Policy", strings.Replace(pagePolicy, "frame-ancestors 'none'", "frame-ancestors "+strings.Join(origins, " "), 1))
		h.Del("X-Frame-Options") // the policy says it, origin by origin
	}
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", file.tag)
	if path.Ext(name) == ".js" {
		h.Set(echo.HeaderAccessControlAllowOrigin, "*")
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
	if c.Request().Header.Get("If-None-Match") == file.tag {
		return c.NoContent(http.StatusNotModified)
	}
	if file.zipped == nil {
		return c.Blob(http.StatusOK, file.mime, file.body)
	}
	h.Add(echo.HeaderVary, echo.HeaderAcceptEncoding)
	if !strings.Contains(c.Request().Header.Get(echo.HeaderAcceptEncoding), "gzip") {
		return c.Blob(http.StatusOK, file.mime, file.body)
	}
	h.Set(echo.HeaderContentEncoding, "gzip")
	return c.Blob(http.StatusOK, file.mime, file.zipped)
}

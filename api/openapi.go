package api

import (
	"bytes"
	_ "embed" // openapi.yaml
	"encoding/json"
	"fmt"
	"net/http"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"
)

//go:embed openapi.yaml
var openapiFile []byte

// spec is the description of the API in both of its forms.
type spec struct{ yaml, json []byte }

// readSpec reads the embedded description, once for all servers.
var readSpec = sync.OnceValues(func() (*spec, error) {
	doc, err := openapi3.NewLoader().LoadFromData(openapiFile)
	if err != nil {
		return nil, fmt.Errorf("read openapi.yaml: %w", err)
	}
	body, err := doc.MarshalJSON()
	if err != nil {
		return nil, fmt.Errorf("read openapi.yaml: %w", err)
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, body, "", "  "); err != nil {
		return nil, fmt.Errorf("read openapi.yaml: %w", err)
	}
	return &spec{openapiFile, pretty.Bytes()}, nil
})

func (s *Server) openapiJSON(c echo.Context) error {
	return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, s.spec.json)
}

func (s *Server) openapiYAML(c echo.Context) error {
	return c.Blob(http.StatusOK, "application/yaml", s.spec.yaml)
}

package api

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"wenshu/answer"
)

// historyLimit is how many earlier questions are listed.
const historyLimit = 100

// pastTurns is the body of GET /history.
type pastTurns struct {
	Turns []answer.Past `json:"turns"`
}

func (s *Server) history(c echo.Context) error {
	list, err := s.config.Service.History(c.Request().Context(), viewerOf(c), languageOf(c), historyLimit)
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, echo.MIMEApplicationJSON, pastTurns{list})
}

// pinned is the body of GET /pins.
type pinned struct {
	Pins []answer.Pin `json:"pins"`
}

func (s *Server) pins(c echo.Context) error {
	list, err := s.config.Service.Pins(c.Request().Context(), viewerOf(c), languageOf(c))
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, echo.MIMEApplicationJSON, pinned{list})
}

// pinBody is the body of POST /pins.
type pinBody struct {
	Answer string `json:"answer"`
}

func (s *Server) pin(c echo.Context) error {
	var body pinBody
	if err := s.decode(c, &body); err != nil {
		return err
	}
	err := s.config.Service.PinAnswer(c.Request().Context(), viewerOf(c), body.Answer)
	switch {
	case errors.Is(err, answer.ErrPins):
		return fault{code: badRequest, field: "answer"}
	case err != nil:
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

func (s *Server) unpin(c echo.Context) error {
	if err := s.config.Service.Unpin(c.Request().Context(), viewerOf(c), c.Param("id")); err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

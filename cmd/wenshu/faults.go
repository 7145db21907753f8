package main

import (
	"errors"
	"fmt"

	"wenshu/semantic"
	"wenshu/semantic/interop"
)

// faults writes the mistakes of files, a line each as file:line:col, and tells
// that they have been told. Any other error is returned as it is.
func (s streams) faults(err error) error {
	var problems semantic.Problems
	if !errors.As(err, &problems) {
		return err
	}
	if len(problems) == 0 {
		return nil
	}
	fmt.Fprintln(s.err, problems.Error())
	return errAnswered
}

// notes writes what an import or export could not carry as it was, a line each,
// and counts what is left out.
func (s streams) notes(list []interop.Note) (lost int) {
	for _, n := range list {
		fmt.Fprintln(s.err, n)
		if n.Lost {
			lost++
		}
	}
	return lost
}

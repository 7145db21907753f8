module wenshu

go 1.26

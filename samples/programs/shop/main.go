// Shop prints how frameworks and loggers tell of a panic that they have recovered: shop gin|chi|go-errors|zap, and of
// an error: shop error.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"

	"example.com/shop/cart"
	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	goerrors "github.com/go-errors/errors"
	"github.com/pkg/errors"
	"go.uber.org/zap"
)

func put(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, cart.Put("milk")) }

func serve(handler http.Handler) {
	handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/put", nil))
}

func recovered(print func(reason any)) {
	defer func() { print(recover()) }()
	cart.Put("milk")
}

func main() {
	switch os.Args[1] {
	case "gin":
		gin.SetMode(gin.ReleaseMode)
		if len(os.Args) > 2 {
			gin.SetMode(gin.DebugMode)
		}
		router := gin.New()
		router.Use(gin.Recovery())
		router.GET("/put", gin.WrapF(put))
		serve(router)
	case "chi":
		router := chi.NewRouter()
		router.Use(middleware.Recoverer)
		router.Get("/put", put)
		serve(router)
	case "go-errors":
		recovered(func(reason any) { fmt.Fprintln(os.Stderr, goerrors.Wrap(reason, 0).ErrorStack()) })
	case "zap":
		logger, _ := zap.NewDevelopment()
		recovered(func(reason any) { logger.Error("recovered", zap.Any("reason", reason)) })
	case "error":
		fmt.Fprintf(os.Stderr, "%+v\n", errors.Wrap(errors.New("no such cart"), "put milk"))
	}
}

// Crops the card out of a photo and writes it to a file, with the standard library alone.
//
//	go run examples/go/crop.go [PHOTO [CARD]]
//
// VALIFY_URL is the address of the API, http://127.0.0.1:3000 unless set; VALIFY_USERNAME, VALIFY_PASSWORD, VALIFY_CLIENT_ID,
// VALIFY_CLIENT_SECRET and VALIFY_BUNDLE_KEY are the simulator's demo account.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"time"
)

var (
	baseURL = setting("VALIFY_URL", "http://127.0.0.1:3000")
	client  = &http.Client{Timeout: time.Minute}
)

// cropRequest is what the API wants; encoding/json writes bytes as base64.
type cropRequest struct {
	BundleKey string `json:"bundle_key"`
	Img       []byte `json:"img"`
	Lang      string `json:"lang"`
}

type cropAnswer struct {
	Data struct {
		Img []byte `json:"img"`
	} `json:"data"`
	TransactionID   string      `json:"transaction_id"`
	TrialsRemaining json.Number `json:"trials_remaining"` // a string on this page of the documentation, a number on others
}

// refusal is any answer but 200; Code is 0 except for 422.
type refusal struct {
	Status  int
	Message string `json:"message"`
	Code    int    `json:"error_code"`
}

func (r *refusal) Error() string {
	if r.Code == 0 {
		return fmt.Sprintf("%d %s", r.Status, r.Message)
	}
	return fmt.Sprintf("%d %d %s", r.Status, r.Code, r.Message)
}

func getToken() (string, error) {
	answer, err := client.PostForm(baseURL+"/api/o/token/", url.Values{
		"grant_type":    {"password"},
		"username":      {setting("VALIFY_USERNAME", "demo")},
		"password":      {setting("VALIFY_PASSWORD", "demo")},
		"client_id":     {setting("VALIFY_CLIENT_ID", "demo-client")},
		"client_secret": {setting("VALIFY_CLIENT_SECRET", "demo-secret")},
	})
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		body, _ := io.ReadAll(answer.Body)
		return "", fmt.Errorf("token: %s %s", answer.Status, body)
	}
	var token struct {
		AccessToken string `json:"access_token"`
	}
	err = json.NewDecoder(answer.Body).Decode(&token)
	return token.AccessToken, err
}

func cropOnce(token string, photo []byte) (*cropAnswer, error) {
	body, err := json.Marshal(cropRequest{setting("VALIFY_BUNDLE_KEY", "00000000000000000000000000000000"), photo, "en"})
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequest(http.MethodPost, baseURL+"/api/v1/id_cropper_register", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		problem := &refusal{Status: response.StatusCode}
		_ = json.NewDecoder(response.Body).Decode(problem) // a proxy's page is no JSON: the status says enough
		return nil, problem
	}
	var answer cropAnswer
	err = json.NewDecoder(response.Body).Decode(&answer)
	return &answer, err
}

// cropCard tries once more when the token was refused: it had expired, or no trials were left, and a new one has some.
func cropCard(photo []byte) (*cropAnswer, error) {
	for attempt := 1; ; attempt++ {
		token, err := getToken()
		if err != nil {
			return nil, err
		}
		answer, err := cropOnce(token, photo)
		var problem *refusal
		if attempt == 1 && errors.As(err, &problem) && problem.Status == http.StatusForbidden {
			continue
		}
		return answer, err
	}
}

func setting(name, fallback string) string {
	if value, found := os.LookupEnv(name); found {
		return value
	}
	return fallback
}

func argument(index int, fallback string) string {
	if len(os.Args) > index {
		return os.Args[index]
	}
	return fallback
}

func run() error {
	photo, err := os.ReadFile(argument(1, "fixtures/photos/card-on-table.jpg"))
	if err != nil {
		return err
	}
	answer, err := cropCard(photo)
	if err != nil {
		return err
	}
	card := argument(2, "card.jpg")
	if err := os.WriteFile(card, answer.Data.Img, 0o644); err != nil {
		return err
	}
	fmt.Printf("%s: transaction %s, trials remaining %s\n", card, answer.TransactionID, answer.TrialsRemaining)
	return nil
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "crop:", err)
		os.Exit(1)
	}
}

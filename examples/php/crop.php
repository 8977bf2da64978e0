<?php

/**
 * Crops the card out of a photo and writes it to a file, with PHP 8.1 or later and its curl extension.
 *
 *   php examples/php/crop.php [PHOTO [CARD]]
 *
 * VALIFY_URL is the address of the API, http://127.0.0.1:3000 unless set; VALIFY_USERNAME, VALIFY_PASSWORD, VALIFY_CLIENT_ID,
 * VALIFY_CLIENT_SECRET and VALIFY_BUNDLE_KEY are the simulator's demo account.
 */

declare(strict_types=1);

function setting(string $name, string $default): string
{
    $value = getenv($name);
    return $value === false ? $default : $value;
}

/** @return array{int, array<string, mixed>} status and body; empty where a proxy's page came back */
function post(string $path, string $body, array $headers, int $timeout): array
{
    $request = curl_init(setting('VALIFY_URL', 'http://127.0.0.1:3000') . $path);
    curl_setopt_array($request, [
        CURLOPT_POST => true,
        CURLOPT_POSTFIELDS => $body,
        CURLOPT_HTTPHEADER => $headers,
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT => $timeout,
    ]);
    $answer = curl_exec($request);
    if ($answer === false) {
        throw new RuntimeException(curl_error($request));
    }
    return [curl_getinfo($request, CURLINFO_RESPONSE_CODE), json_decode($answer, true) ?? []];
}

function getToken(): string
{
    [$status, $answer] = post('/api/o/token/', http_build_query([
        'grant_type' => 'password',
        'username' => setting('VALIFY_USERNAME', 'demo'),
        'password' => setting('VALIFY_PASSWORD', 'demo'),
        'client_id' => setting('VALIFY_CLIENT_ID', 'demo-client'),
        'client_secret' => setting('VALIFY_CLIENT_SECRET', 'demo-secret'),
    ]), ['Content-Type: application/x-www-form-urlencoded'], 10);
    return $status === 200 ? $answer['access_token'] : throw new RuntimeException("no token: $status");
}

/** @return array{int, array<string, mixed>} */
function cropOnce(string $photo): array
{
    $body = json_encode([
        'bundle_key' => setting('VALIFY_BUNDLE_KEY', str_repeat('0', 32)),
        'img' => base64_encode($photo),
        'lang' => 'en',
    ], JSON_THROW_ON_ERROR);
    $headers = ['Authorization: Bearer ' . getToken(), 'Content-Type: application/json'];
    return post('/api/v1/id_cropper_register', $body, $headers, 60);
}

$photo = file_get_contents($argv[1] ?? __DIR__ . '/../../fixtures/photos/card-on-table.jpg');
$card = $argv[2] ?? 'card.jpg';

try {
    [$status, $answer] = cropOnce($photo);
    if ($status === 403) { // expired, or out of trials: a new token has some
        [$status, $answer] = cropOnce($photo);
    }
    if ($status !== 200) {
        throw new RuntimeException(implode(' ', array_filter([$status, $answer['error_code'] ?? null, $answer['message'] ?? null])));
    }
} catch (RuntimeException $problem) {
    fwrite(STDERR, "crop: {$problem->getMessage()}\n");
    exit(1);
}
file_put_contents($card, base64_decode($answer['data']['img']));
echo "$card: transaction {$answer['transaction_id']}, trials remaining {$answer['trials_remaining']}\n";

#!/usr/bin/env bash
# Builds the image, runs it in every way that docs/docker.md promises, by both compose files and by Testcontainers, and says what it saw.
#
#   scripts/docker-check.sh [option of docker build]...
#
# Needs a Docker engine, a compose command, Node and what `npm ci` installs. The base image is taken as the engine has it, or pulled.
set -euo pipefail
cd "$(dirname "$0")/.."

image=valify-id-cropper-simulator
container=id-cropper-check
photo=fixtures/photos/twelve-megapixels.jpg
scratch=$(mktemp -d)
# As its first lines advise: with the image that is there.
in_ci=(--project-name id-cropper-check --file examples/ci/compose.yaml --file "$scratch/image.yaml")
printf 'services: {id-cropper: {image: %s}}\n' "$image" >"$scratch/image.yaml"
hardened=(--read-only --cap-drop ALL --security-opt no-new-privileges --memory 512m)

compose() {
  if docker compose version >/dev/null 2>&1; then docker compose "$@"; else docker-compose "$@"; fi
}

clean_up() {
  docker rm --force "$container" >/dev/null 2>&1 || true
  compose down --timeout 5 >/dev/null 2>&1 || true
  compose "${in_ci[@]}" down --timeout 5 >/dev/null 2>&1 || true
  rm -r "$scratch"
}
trap clean_up EXIT

say() { printf '%-60s %s\n' "$1" "$2"; }
fail() {
  printf 'FAILED: %s\n' "$1" >&2
  docker logs "$container" >&2 2>/dev/null || true
  exit 1
}
expect() { # what, expected, seen
  [ "$2" = "$3" ] || fail "$1: expected '$2', saw '$3'"
  say "$1" "$3"
}
now_ms() { date +%s%3N; }
inspect() { docker inspect --format "$1" "$container"; }
process_status() { docker exec "$container" sed -n "s/^$1:[[:space:]]*//p" /proc/1/status; }

start() { # options of docker run, --, words after the image
  local options=()
  while [ "$1" != -- ]; do options+=("$1"); shift; done
  shift
  docker rm --force "$container" >/dev/null 2>&1 || true
  docker run --detach --name "$container" "${hardened[@]}" "${options[@]}" "$image" "$@" >/dev/null 2>&1 ||
    fail "docker run ${options[*]} $image $*"
}

wait_until_healthy() {
  local status=starting deadline=$((SECONDS + 60))
  while [ "$status" = starting ] && [ $SECONDS -lt $deadline ]; do
    sleep 0.2
    status=$(inspect '{{.State.Health.Status}}')
  done
  [ "$status" = healthy ] || fail "the container is $status"
}

check_build() {
  docker build --tag "$image" "$@" . >"$scratch/build.log" 2>&1 || { tail -30 "$scratch/build.log" >&2; fail 'docker build'; }
  say 'image built, size in MB' "$(($(docker image inspect --format '{{.Size}}' "$image") / 1000000))"
}

check_hardened_run() {
  local started
  started=$(now_ms)
  start --publish 127.0.0.1::3000 --
  wait_until_healthy
  say 'healthy with a read-only root and 512 MB, ms after run' "$(($(now_ms) - started))"
  expect 'user' node "$(docker exec "$container" whoami)"
  expect 'effective capabilities' 0000000000000000 "$(process_status CapEff)"
  expect 'no new privileges' 1 "$(process_status NoNewPrivs)"
  docker exec "$container" touch /app/written 2>/dev/null && fail 'the root file system can be written'
  docker exec "$container" node /app/dist/cli.js healthcheck --port 1 2>/dev/null && fail 'healthcheck succeeds without a server'
  say 'idle memory' "$(memory)"
  crop_four_at_once
  check_stop
}

crop_four_at_once() {
  local url clients=()
  url="http://$(docker port "$container" 3000/tcp | head -1)"
  for i in 1 2 3 4; do
    VALIFY_URL=$url node examples/node/crop.mjs "$photo" "$scratch/card-$i.jpg" >>"$scratch/crops.log" 2>&1 &
    clients+=($!)
  done
  for client in "${clients[@]}"; do wait "$client" || fail "a crop: $(cat "$scratch/crops.log")"; done
  say 'twelve-megapixel photos cropped at once, memory after' "4, $(memory)"
}

memory() { docker stats --no-stream --format '{{.MemUsage}}' "$container"; }

check_stop() {
  local asked
  asked=$(now_ms)
  docker stop --time 10 "$container" >/dev/null
  expect 'exit code after docker stop' 0 "$(inspect '{{.State.ExitCode}}')"
  say 'ms until it had stopped' "$(($(now_ms) - asked))"
}

# The health check must find the server wherever it was told to listen.
check_health_of() {
  start "$@"
  wait_until_healthy
  docker stop --time 10 "$container" >/dev/null
  expect "healthy, then stopped with 0: $*" 0 "$(inspect '{{.State.ExitCode}}')"
}

check_ports() {
  for init in '' --init; do
    check_health_of $init --env ID_CROPPER_PORT=4000 --
    check_health_of $init -- serve --port 4000
    check_health_of $init -- --port 4000
    check_health_of $init -- --host=127.0.0.1 --port=4000
  done
}

check_commands() {
  docker run --rm "${hardened[@]}" --volume "$PWD/fixtures/photos:/photos:ro" --workdir /photos "$image" \
    detect card-on-table.jpg no-card.jpg >"$scratch/detect.jsonl"
  expect 'lines of detect' 2 "$(wc -l <"$scratch/detect.jsonl")"
  expect 'exit code of a wrong setting' 2 "$(docker run --rm "$image" --port none >/dev/null 2>&1; echo $?)"
}

check_compose() { # name of the file, service whose status counts, options of compose
  local file=$1 client=$2 status=0
  shift 2
  compose "$@" config --quiet
  compose "$@" up --no-build --exit-code-from "$client" >"$scratch/compose.log" 2>&1 || status=$?
  compose "$@" logs --no-color "$client" | sed -n 's/^[^|]*| /  /p'
  expect "$file: exit code of the client" 0 "$status"
}

check_testcontainers() {
  npx tsc
  ENGINE=docker npx tap run --reporter=tap --timeout=900 build/test/examples/testcontainers.check.js >"$scratch/tap.log" 2>&1 ||
    { cat "$scratch/tap.log" >&2; fail 'Testcontainers'; }
  say 'Testcontainers' "$(grep '^# { total' "$scratch/tap.log")"
}

say 'client, engine' "$(docker version --format '{{.Client.Version}}, {{.Server.Version}}')"
say 'compose' "$(compose version --short)"
check_build "$@"
check_hardened_run
check_ports
check_commands
check_compose compose.yaml example
check_compose examples/ci/compose.yaml tests "${in_ci[@]}"
check_testcontainers
echo 'all good'

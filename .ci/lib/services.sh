# Installs what is missing, and starts PostgreSQL and Redis on 127.0.0.1 where none answers.
# Read by .ci/run; ci_database_url, ci_redis_url and ci_cache_url are its result.

started=()          # process ids, stopped at the end
postgres_data=""    # a cluster of our own, stopped and removed at the end
ci_database=""      # the database that the suite's own are named after
redis_databases=()  # emptied at the end

install_all() {
    local missing=()
    have_chromium || missing+=(chromium fonts-dejavu-core)
    have_postgres || missing+=(postgresql)
    command -v redis-server >/dev/null || missing+=(redis-server)
    command -v ffmpeg >/dev/null || missing+=(ffmpeg)
    command -v bwrap >/dev/null || missing+=(bubblewrap)
    if [ "${#missing[@]}" -gt 0 ]; then
        echo "Installing ${missing[*]}"
        apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null || return 1
    fi
    command -v uv >/dev/null || python3 -m pip install --quiet uv 2>/dev/null ||
        python3 -m pip install --quiet --break-system-packages uv || return 1
    uv sync --frozen || return 1
    if command -v npm >/dev/null; then
        npm ci --ignore-scripts --no-audit --no-fund --silent || return 1
    else
        echo "npm is not here: pages do without hls.js and tus-js-client."
    fi
}

have_chromium() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }
have_postgres() { command -v psql >/dev/null && [ -n "$(postgres_bin)" ]; }
postgres_bin() { find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1; }
as_postgres() { if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi; }
answers() { psql -w -h 127.0.0.1 -p "$1" -U postgres -d postgres -Atqc 'select 1' >/dev/null 2>&1; }
port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Sets ci_database_url, ci_redis_url and ci_cache_url.
start_services() {
    local port=5432
    answers "$port" || { port=$(free_port 5432); start_postgres "$port"; } || return 1
    ci_postgres_port=$port
    ci_database="portal_ci_$$"
    createdb -w -h 127.0.0.1 -p "$port" -U postgres "$ci_database" || return 1
    ci_database_url="postgres://postgres@127.0.0.1:$port/$ci_database"

    port=6379
    [ "$(redis-cli -h 127.0.0.1 -p "$port" ping 2>/dev/null)" = PONG ] || { port=$(free_port 6379); start_redis "$port"; } || return 1
    redis_port=$port
    redis_databases=($(empty_redis_databases "$port"))
    [ "${#redis_databases[@]}" -eq 2 ] || { echo "Redis on port $port has no two empty databases."; return 1; }
    ci_redis_url="redis://127.0.0.1:$port/${redis_databases[0]}"
    ci_cache_url="redis://127.0.0.1:$port/${redis_databases[1]}"
}

# Prints two databases that hold nothing: others may use the same Redis.
empty_redis_databases() {
    local number found=0
    for number in $(seq 15 -1 0); do
        [ "$(redis-cli -h 127.0.0.1 -p "$1" -n "$number" dbsize)" = 0 ] || continue
        echo "$number"
        found=$((found + 1))
        [ "$found" -lt 2 ] || return 0
    done
}

free_port() {
    local port=$1
    while port_taken "$port"; do port=$((port + 10000)); done
    echo "$port"
}

start_postgres() {
    local bin
    bin=$(postgres_bin)
    postgres_data=$(mktemp -d /tmp/portal-ci-postgres.XXXXXX)
    [ "$(id -u)" -ne 0 ] || chown postgres: "$postgres_data"
    as_postgres "$bin/initdb" -D "$postgres_data" -U postgres --auth=trust -E UTF8 --locale=C.UTF-8 >/dev/null || return 1
    as_postgres "$bin/pg_ctl" -D "$postgres_data" -w -t 60 -l "$postgres_data/log" start \
        -o "-p $1 -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=100" >/dev/null || return 1
    answers "$1"
}

start_redis() {
    redis-server --port "$1" --bind 127.0.0.1 --save '' --appendonly no --maxmemory-policy noeviction --daemonize no >/dev/null &
    started+=($!)
    for _ in $(seq 50); do
        [ "$(redis-cli -h 127.0.0.1 -p "$1" ping 2>/dev/null)" != PONG ] || return 0
        sleep 0.2
    done
    return 1
}

drop_databases() {
    local name connection=(-w -h 127.0.0.1 -p "$ci_postgres_port" -U postgres)
    psql "${connection[@]}" -d postgres -Atqc "select datname from pg_database where datname ~ '^(test_)?$ci_database'" |
        while read -r name; do dropdb "${connection[@]}" --if-exists --force "$name"; done
}

stop_services() {
    if [ -n "$postgres_data" ]; then
        as_postgres "$(postgres_bin)/pg_ctl" -D "$postgres_data" -m immediate stop >/dev/null 2>&1 || true
        rm -rf "$postgres_data"
    elif [ -n "$ci_database" ]; then
        drop_databases || true
    fi
    for number in "${redis_databases[@]}"; do
        redis-cli -h 127.0.0.1 -p "$redis_port" -n "$number" flushdb >/dev/null || true
    done
    for pid in "${started[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
}

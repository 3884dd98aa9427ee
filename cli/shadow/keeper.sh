# Keeps a private server: does what the words on standard input say, a line of answer for each, and
# cleans up when it closes. $1: folder of the server's programs; $2: where temporary directories are.
umask 077
trap '' INT TERM HUP QUIT PIPE
directory=$(mktemp -d "$2/schemadiff-shadow-XXXXXX") || exit 1
echo "$directory"
cd "$directory" || exit 1
server=
end_server() {
  [ -n "$server" ] || return
  kill -QUIT "$server" 2>/dev/null
  wait "$server"
}
while read -r word; do
  case $word in
    initdb)
      "$1/initdb" -D "$directory/data" -U postgres -A trust -E UTF8 --no-locale --no-sync \
        --wal-segsize=1 </dev/null >>log 2>&1
      echo $?
      ;;
    start)
      end_server
      "$1/postgres" -D "$directory/data" -k "$directory" -p 5432 -c listen_addresses= \
        -c unix_socket_permissions=0700 -c fsync=off -c synchronous_commit=off \
        -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off \
        -c jit=off -c shared_buffers=64MB -c max_wal_size=1GB -c max_connections=20 \
        -c max_locks_per_transaction=1024 -c logging_collector=off </dev/null >>log 2>&1 &
      server=$!
      echo 0
      ;;
    alive)
      kill -0 "$server" 2>/dev/null
      echo $?
      ;;
  esac
done
end_server
cd /
rm -rf "$directory"

#!/bin/sh
# The first steps in a root of its own: called by root.ts under `unshare`, in namespaces of its own for mounts, processes,
# network, cgroup, host name and IPC. LOWER is never written to: what is changed goes to FOLDER/upper.
# usage: root.sh LOWER FOLDER INIT [FROM:TO ...]
set -eu
PATH=/usr/sbin:/usr/bin:/sbin:/bin
LOWER=$1 FOLDER=$2 INIT=$3
shift 3
ROOT=$FOLDER/root
mount --make-rprivate /
mount -t overlay overlay -o "lowerdir=$LOWER,upperdir=$FOLDER/upper,workdir=$FOLDER/work" "$ROOT"
mount -t proc proc "$ROOT/proc"
mount -t sysfs sysfs "$ROOT/sys"
mount -t cgroup2 cgroup2 "$ROOT/sys/fs/cgroup"
mount -t tmpfs tmpfs "$ROOT/run"
mount -t tmpfs tmpfs "$ROOT/tmp"
mount -t tmpfs tmpfs "$ROOT/dev"
for device in null zero full random urandom tty; do
    touch "$ROOT/dev/$device"
    mount --bind "/dev/$device" "$ROOT/dev/$device"
done
mkdir "$ROOT/dev/pts" "$ROOT/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$ROOT/dev/pts"
mount -t tmpfs tmpfs "$ROOT/dev/shm"
ln -s pts/ptmx "$ROOT/dev/ptmx"
ln -s /proc/self/fd "$ROOT/dev/fd"
for bind in "$@"; do
    mkdir -p "$ROOT${bind#*:}"
    mount --bind "${bind%%:*}" "$ROOT${bind#*:}"
done
ip link set lo up
hostname mail
# Not a chroot: in one the kernel gives no namespaces of users (user_namespaces(7)), which units ask for (PrivateUsers).
cd "$ROOT"
mkdir -p .before
pivot_root . .before
umount -l /.before
cd /
: > /run/posthorn-root
if [ "$INIT" = systemd ]; then
    # basic.target: of what this machine has installed nothing is started but what is asked for.
    exec env -i container=posthorn PATH="$PATH" /usr/lib/systemd/systemd --unit=basic.target --log-target=journal
fi
# Something must be the first process: it waits, and reaps nobody.
exec env -i /usr/bin/sleep infinity

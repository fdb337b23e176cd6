# Sourced by every script here: the one place that says how Lectern is built.
# Nothing has to be set beforehand, not even HOME.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\n== %s\n' "$*" >&2; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# Go keeps its caches under HOME.
if [ -z "${HOME:-}" ] || ! mkdir -p "$HOME" 2>/dev/null || [ ! -w "$HOME" ]; then
    export HOME="${TMPDIR:-/tmp}/lectern-home-$(id -u)"
    mkdir -p "$HOME"
fi

# A clone that belongs to somebody else makes Go's own version stamp fail, so
# the version is taken here and linked in.
export GOFLAGS="${GOFLAGS:+$GOFLAGS }-buildvcs=false"
VERSION="$(git -c safe.directory="$PWD" describe --tags --always --dirty 2>/dev/null || echo unknown)"
LDFLAGS="-X main.version=$VERSION"

# The window on Linux: the X11 driver alone (Wayland desktops run it through
# XWayland), and clang, which builds the OpenGL bindings eight times faster
# than gcc. clang does not drop unused libraries by itself.
WINDOW_TAGS=migrated_fynedo
case "$(uname -s)" in
Linux)
    WINDOW_TAGS=x11,migrated_fynedo
    window_env=(CGO_ENABLED=1 CC="${CC:-clang}" CGO_LDFLAGS="${CGO_LDFLAGS:--O2 -g -Wl,--as-needed}")
    ;;
*)
    window_env=(CGO_ENABLED=1)
    ;;
esac

# Without a window no C compiler is needed: "ci" makes Fyne's app package use
# its driver in memory, and keeps the system's fonts out of the pictures.
PLAIN_TAGS=ci,migrated_fynedo

command -v go >/dev/null || die "Go 1.26 or later is needed: https://go.dev/dl/"

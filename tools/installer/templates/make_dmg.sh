#!/bin/bash
# Signs "G20 Desk.app", has Apple notarise it, and makes g20desk_@VERSION@_macos.dmg. Written by tools/installer/macos.py; not yet run
# on macOS by its makers.
#
#   make_dmg.sh APP [OUT]      APP: the built "G20 Desk.app"; OUT: the folder for the .dmg, that of this script otherwise
#
#   G20DESK_SIGN_IDENTITY      "Developer ID Application: NAME (TEAM)", as `security find-identity -v -p codesigning` lists it.
#                              Without it the app is signed for this computer alone, and said to be for trial
#   G20DESK_NOTARY_PROFILE     a profile kept by `xcrun notarytool store-credentials`; needed with an identity
set -euo pipefail

fail() { echo "make_dmg.sh: $1" >&2; exit 1; }

[ "$(uname -s)" = Darwin ] || fail "this runs on macOS only."
[ $# -ge 1 ] || fail "say where the app is: make_dmg.sh APP [OUT]"
here=$(cd "$(dirname "$0")" && pwd)
app=${1%/}
out=${2:-$here}
[ -x "$app/Contents/MacOS/g20desk-window" ] || fail "there is no built app at $app; run: python3 build_installer.py"
for tool in codesign hdiutil file; do
    command -v "$tool" >/dev/null || fail "$tool is missing; install Apple's command line tools: xcode-select --install"
done
identity=${G20DESK_SIGN_IDENTITY:-}
profile=${G20DESK_NOTARY_PROFILE:-}
if [ -n "$identity" ]; then
    [ -n "$profile" ] || fail "G20DESK_NOTARY_PROFILE is not set: an app that is not notarised is refused on other computers."
    security find-identity -v -p codesigning | grep -qF "$identity" || fail "the keychain has no identity $identity"
    xcrun --find notarytool >/dev/null || fail "notarytool is missing; it comes with Xcode 13 or newer."
    xcrun --find stapler >/dev/null || fail "stapler is missing; it comes with Xcode."
    sign=(codesign --force --sign "$identity" --timestamp --options runtime)
else
    echo "make_dmg.sh: no G20DESK_SIGN_IDENTITY: signed for this computer alone, for trial, not to be given away." >&2
    sign=(codesign --force --sign -)
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/disk"
ditto "$app" "$work/disk/G20 Desk.app"
signed="$work/disk/G20 Desk.app"
chmod -R u+w "$signed"
xattr -cr "$signed"

# From the inside out: libraries, the frameworks that hold some, the second program, and at last the app with its own.
find "$signed/Contents" -type f ! -path "$signed/Contents/MacOS/*" > "$work/files"
while IFS= read -r one; do
    case $(file -b "$one") in Mach-O*) printf '%s\n' "$one" ;; esac
done < "$work/files" > "$work/code"
[ -s "$work/code" ] || fail "no code was found in $app"
while IFS= read -r one; do
    "${sign[@]}" "$one"
done < "$work/code"
find "$signed/Contents" -depth -type d -name '*.framework' > "$work/frameworks"
while IFS= read -r one; do
    "${sign[@]}" "$one"
done < "$work/frameworks"
"${sign[@]}" --entitlements "$here/entitlements.plist" "$signed/Contents/MacOS/g20desk"
"${sign[@]}" --entitlements "$here/entitlements.plist" "$signed"
codesign --verify --deep --strict --verbose=2 "$signed"

ln -s /Applications "$work/disk/Applications"
cp "$here/LICENSE.txt" "$work/disk/LICENSE.txt"
find "$work/disk" -exec touch -h -d '@STAMP@' {} +
dmg="$out/g20desk_@VERSION@_macos.dmg"
rm -f "$dmg"
hdiutil create -volname "G20 Desk" -srcfolder "$work/disk" -fs HFS+ -format ULFO "$dmg"
if [ -n "$identity" ]; then
    codesign --force --sign "$identity" --timestamp "$dmg"
    xcrun notarytool submit "$dmg" --keychain-profile "$profile" --wait
    xcrun stapler staple "$dmg"
    xcrun stapler validate "$dmg"
    spctl --assess --type open --context context:primary-signature --verbose=2 "$dmg"
fi
echo "$dmg"

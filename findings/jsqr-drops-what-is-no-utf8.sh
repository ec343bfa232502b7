#!/bin/bash
# jsQR 1.4.0 (npm), the reader in many web check-in pages, on codes that are valid but not UTF-8: ISO 8859-1, which the standard takes where nothing is
# said, and ISO 8859-5 under ECI 7, which zint chooses for Ukrainian by itself. Each *piece* of the code that is no UTF-8 becomes "", the pieces before
# it stay, and nothing says so: there is no error, and the result is not null.
#   - "José" (ISO 8859-1) and "Іванна" (ECI 7) are found and read as "".
#   - "TICKET-2026-000017 Іванна" and "TICKET-2026-000017 Петро" are both read as "TICKET-2026-000017 ": two people have one code.
#   - Where the cut lies depends on how the writer chose its modes: "TICKET-2026-000017-José" is read with a "J" at its end.
# binaryData holds all of the bytes, and @zxing/library 0.23.0 reads each of these whole. So whoever checks `if (code)` records an empty or a common
# code; a station that may be used beside such pages has to print ASCII, and a list of codes they scanned may hold beginnings of codes.
# Prints what was read; ends 0 while all of that is so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund bwip-js@4.11.4 jsqr@1.4.0 pngjs@7.0.0 @zxing/library@0.23.0 >/dev/null

cat >read.js <<'JS'
const bwipjs = require('bwip-js'), jsQR = require('jsqr'), zxing = require('@zxing/library'), { PNG } = require('pngjs');

function encode(encoding, text) {
	const decoder = new TextDecoder(encoding), byte = new Map();
	for (let i = 0; i < 256; i++) byte.set(decoder.decode(new Uint8Array([i])), i);
	return [...text].map(c => byte.get(c));
}
const named = bytes => bytes.map(b => '^' + String(b).padStart(3, '0')).join(''); // as BWIPP wants bytes to be written

async function picture(data) {
	const png = await bwipjs.toBuffer({ bcid: 'qrcode', text: data, parse: true, parsefnc: true, scale: 4, padding: 16, backgroundcolor: 'ffffff' });
	return PNG.sync.read(png);
}

function readWithZxing({ data, width, height }) {
	const grey = new Uint8ClampedArray(width * height).map((_, i) => data[4 * i]);
	const source = new zxing.RGBLuminanceSource(grey, width, height);
	return new zxing.QRCodeReader().decode(new zxing.BinaryBitmap(new zxing.HybridBinarizer(source))).getText();
}

(async () => {
	const ticket = 'TICKET-2026-000017';
	let wrong = 0;
	for (const [before, encoding, text, seen] of [
		['', 'iso-8859-1', 'José', ''],
		['', 'iso-8859-5', 'Іванна', ''],
		[`${ticket} `, 'iso-8859-5', 'Іванна', `${ticket} `],
		[`${ticket} `, 'iso-8859-5', 'Петро', `${ticket} `],
		[`${ticket}-`, 'iso-8859-1', 'José', `${ticket}-J`],
	]) {
		const bytes = encode(encoding, text);
		const image = await picture(before + (encoding === 'iso-8859-5' ? '^ECI000007' : '') + named(bytes));
		const code = jsQR(new Uint8ClampedArray(image.data), image.width, image.height);
		const peer = readWithZxing(image);
		const all = Buffer.from(code.binaryData).equals(Buffer.concat([Buffer.from(before), Buffer.from(bytes)]));
		const as = code.data === seen && peer === before + text && all;
		wrong += as ? 0 : 1;
		console.log(`${as ? 'as said ' : 'CHANGED '} "${before}${text}": jsQR "${code.data}", ${all ? 'all' : 'not all'} bytes; @zxing/library "${peer}"`);
	}
	process.exit(wrong ? 1 : 0);
})();
JS
node read.js

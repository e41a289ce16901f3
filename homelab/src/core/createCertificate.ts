// A self-signed X.509 certificate (RFC 5280) in DER (ITU-T X.690): Node can read certificates and cannot make them.
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A certificate with its private key, both PEM. */
export interface Certificate {
  certificate: string;
  privateKey: string;
}

const dayMs = 24 * 60 * 60 * 1000;
const lifetimeMs = 365 * dayMs;

function element(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const hex = body.length.toString(16);
  const length = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 + length.length]), length, body]);
}

const sequence = (...items: Buffer[]) => element(0x30, ...items);
const identifier = (hex: string) => element(0x06, Buffer.from(hex, 'hex'));
const isTrue = element(0x01, Buffer.from([0xff]));

function utcTime(epochMs: number): Buffer {
  const digits = new Date(epochMs).toISOString().replace(/\D/g, '');
  return element(0x17, Buffer.from(`${digits.slice(2, 14)}Z`));
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** `basicConstraints` (it signs itself) and `subjectAltName` (127.0.0.1 and localhost). */
function extensions(): Buffer {
  const constraints = sequence(identifier('551d13'), isTrue, element(0x04, sequence(isTrue)));
  const names = sequence(element(0x87, Buffer.from([127, 0, 0, 1])), element(0x82, Buffer.from('localhost')));
  return element(0xa3, sequence(constraints, sequence(identifier('551d11'), element(0x04, names))));
}

/** Makes a certificate for loopback that is valid for a year: ECDSA over P-256 with SHA-256. */
export function createCertificate(): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const algorithm = sequence(identifier('2a8648ce3d040302'));
  const name = sequence(element(0x31, sequence(identifier('550403'), element(0x0c, Buffer.from('homelab')))));
  const now = Date.now();
  const serial = Buffer.concat([Buffer.from([0x01]), randomBytes(15)]);
  const toBeSigned = sequence(
    element(0xa0, element(0x02, Buffer.from([2]))),
    element(0x02, serial),
    algorithm,
    name,
    sequence(utcTime(now - dayMs), utcTime(now + lifetimeMs)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions(),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  const der = sequence(toBeSigned, algorithm, element(0x03, Buffer.from([0]), signature));
  return { certificate: toPem(der), privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

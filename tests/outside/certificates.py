"""Certificates made at test time: valid for an hour, for an hour in the past, or for
somebody else."""

import datetime
import ssl

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

_HOUR = datetime.timedelta(hours=1)


class Authority:
    """A certificate authority that lives in a folder of the test.

    :param pathlib.Path folder: where the files go
    """

    def __init__(self, folder):
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = _name("Test authority")
        self.certificate = self._sign(self.name, self.key, [], True)
        self.path = folder / "authority.pem"
        self.path.write_bytes(_pem(self.certificate))

    def server_context(self, host="localhost", expired=False, self_signed=False):
        """Make a key and a certificate for a server.

        :param str host: who it is made out to
        :param bool expired: it ended an hour ago
        :param bool self_signed: this authority has not signed it
        :rtype: ssl.SSLContext
        """
        key = ec.generate_private_key(ec.SECP256R1())
        shift = -2 * _HOUR if expired else 0 * _HOUR
        signer = (_name(host), key) if self_signed else (self.name, self.key)
        certificate = self._sign(_name(host), key, [host], False, shift, signer)
        path = self.folder / f"{host}-{expired}-{self_signed}.pem"
        path.write_bytes(_pem(certificate) + _private_pem(key))
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(path)
        return context

    def client_context(self):
        """Make the settings of a client that trusts this authority alone.

        :rtype: ssl.SSLContext
        """
        return ssl.create_default_context(cafile=str(self.path))

    def _sign(self, name, key, hosts, is_ca, shift=0 * _HOUR, signer=None):
        issuer, signing_key = signer or (self.name, self.key)
        now = datetime.datetime.now(datetime.timezone.utc) + shift
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - _HOUR)
            .not_valid_after(now + _HOUR)
            .add_extension(x509.BasicConstraints(is_ca, None), critical=True)
            .add_extension(_usage(is_ca), critical=True)
            .add_extension(_key_id(key), critical=False)
        )
        if signing_key is not key:
            signer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(
                signing_key.public_key()
            )
            builder = builder.add_extension(signer_id, critical=False)
        if hosts:
            names = x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts])
            builder = builder.add_extension(names, critical=False)
        return builder.sign(signing_key, hashes.SHA256())


def _name(text):
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


def _usage(is_ca):
    # Python 3.13 insists on these extensions (RFC 5280 4.2.1).
    others = ("content_commitment", "key_encipherment", "data_encipherment")
    others += ("key_agreement", "encipher_only", "decipher_only")
    return x509.KeyUsage(
        digital_signature=not is_ca,
        key_cert_sign=is_ca,
        crl_sign=is_ca,
        **dict.fromkeys(others, False),
    )


def _key_id(key):
    return x509.SubjectKeyIdentifier.from_public_key(key.public_key())


def _pem(certificate):
    return certificate.public_bytes(serialization.Encoding.PEM)


def _private_pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )

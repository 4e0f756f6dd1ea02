extension MailCatcher {
    /// The program of the server, for Python.
    ///
    /// It writes the port into a file of its folder when it listens.
    static let program = """
        import asyncio, base64, os, ssl, sys
        from aiosmtpd.handlers import Mailbox
        from aiosmtpd.smtp import SMTP, AuthResult

        host, security, maximum_size = sys.argv[1], sys.argv[2], int(sys.argv[3])

        class Catcher(Mailbox):
            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith("nobody@"):
                    return "550-5.1.1 There is no mailbox\\r\\n550 5.1.1 of this name."
                if address.startswith("later@"):
                    return "451 4.7.1 Come back later"
                envelope.rcpt_tos.append(address)
                return "250 OK"

            async def auth_PLAIN(self, server, arguments):
                words = base64.b64decode(arguments[1]) if len(arguments) > 1 else await server.challenge_auth("")
                known = words == b"\\0\(MailCatcher.account.name)\\0\(MailCatcher.account.password)"
                return AuthResult(success=known, handled=False)

        def context():
            made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            made.load_cert_chain("certificate.pem", "key.pem")
            return made

        async def main():
            catcher = Catcher("mail")
            starting = context() if security == "startTLS" else None
            server = await asyncio.get_running_loop().create_server(
                lambda: SMTP(
                    catcher, data_size_limit=maximum_size, tls_context=starting,
                    require_starttls=starting is not None, auth_required=starting is not None,
                    auth_exclude_mechanism=["LOGIN"],
                ),
                host, 0, ssl=context() if security == "tls" else None,
            )
            with open("port.new", "w") as file:
                file.write(str(server.sockets[0].getsockname()[1]))
            os.rename("port.new", "port")
            await server.serve_forever()

        asyncio.run(main())
        """
}

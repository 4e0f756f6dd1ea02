"""lasso (https://lasso.entrouvert.org, Debian's python3-lasso) as a contestant.

lasso is a library in C; Python only calls it. The server object with both sides' metadata is made once. The checks that
lasso leaves to its caller, the conditions and the request that is answered, are made through lasso's own functions.
"""

import re
from xml.sax.saxutils import quoteattr

import lasso

import contestant

METADATA = "urn:oasis:names:tc:SAML:2.0:metadata"
PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
KEY = """    <KeyDescriptor use="signing">
      <KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#">
        <X509Data><X509Certificate>{}</X509Certificate></X509Data>
      </KeyInfo>
    </KeyDescriptor>"""


def service_provider_metadata(exchange):
    return f"""<EntityDescriptor xmlns="{METADATA}" entityID={quoteattr(exchange["serviceProvider"])}>
  <SPSSODescriptor WantAssertionsSigned="true" protocolSupportEnumeration="{PROTOCOL}">
    <AssertionConsumerService index="0" isDefault="true" Binding="{POST}"
        Location={quoteattr(exchange["assertionConsumerService"])}/>
  </SPSSODescriptor>
</EntityDescriptor>"""


def identity_provider_metadata(exchange):
    certificates = re.findall(r"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", exchange["certificate"], re.DOTALL)
    keys = "".join(KEY.format("".join(certificate.split())) for certificate in certificates)
    return f"""<EntityDescriptor xmlns="{METADATA}" entityID={quoteattr(exchange["identityProvider"])}>
  <IDPSSODescriptor protocolSupportEnumeration="{PROTOCOL}">
{keys}
    <SingleSignOnService Binding="{REDIRECT}" Location="https://idp.example/sso"/>
  </IDPSSODescriptor>
</EntityDescriptor>"""


def make_check(exchange):
    server = lasso.Server.newFromBuffers(service_provider_metadata(exchange), None)
    server.addProviderFromBuffer(lasso.PROVIDER_ROLE_IDP, identity_provider_metadata(exchange))

    def check(response):
        login = lasso.Login(server)
        try:
            # "Maybe" verifies the assertion's signature when the Response has none; "force" wants one on the Response.
            login.setSignatureVerifyHint(lasso.PROFILE_SIGNATURE_VERIFY_HINT_MAYBE)
            login.processAuthnResponseMsg(response)
            login.acceptSso()
        except lasso.Error as error:
            raise contestant.Refused(str(error)) from error
        assertion = login.assertion
        if assertion.validateConditions(exchange["serviceProvider"]) != lasso.SAML2_ASSERTION_VALID:
            raise contestant.Refused("conditions")
        data = assertion.subject.subjectConfirmation.subjectConfirmationData
        if data.inResponseTo != exchange["requestID"] or data.recipient != exchange["assertionConsumerService"]:
            raise contestant.Refused("subject confirmation")
        for statement in assertion.attributeStatement:
            for attribute in statement.attribute:
                for value in attribute.attributeValue:
                    [node.exportToXml() for node in value.any]

    return check


if __name__ == "__main__":
    contestant.run(make_check)

"""python3-saml (https://github.com/SAML-Toolkits/python3-saml) as a contestant.

The settings are made once. `strict` is what its documentation asks for in production. Its validation against the XML
Schema is on, as it is by default; `python3_saml.py … without-schema` leaves it out.
"""

import sys

from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings

import contestant


def make_check(exchange):
    settings = OneLogin_Saml2_Settings(
        {
            "strict": True,
            "sp": {
                "entityId": exchange["serviceProvider"],
                "assertionConsumerService": {"url": exchange["assertionConsumerService"]},
            },
            "idp": {
                "entityId": exchange["identityProvider"],
                "singleSignOnService": {"url": "https://idp.example/sso"},
                "x509cert": exchange["certificate"],
            },
            "security": {
                "wantAssertionsSigned": True,
                "rejectDeprecatedAlgorithm": True,
                "wantXMLValidation": "without-schema" not in sys.argv,
            },
        }
    )
    request = {"https": "on", "http_host": "portico.example", "script_name": "/saml/acs"}

    def check(response):
        try:
            received = OneLogin_Saml2_Response(settings, response)
            received.is_valid(request, exchange["requestID"], raise_exceptions=True)
            received.get_nameid()
            received.get_attributes()
            received.get_session_index()
        except (OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError) as error:
            raise contestant.Refused(str(error)) from error

    return check


if __name__ == "__main__":
    contestant.run(make_check)

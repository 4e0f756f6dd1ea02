import ArgumentParser
import SAML
import Workspaces

// The words of these settings are the same on the command line, in YAML and in the database.

extension AssertionConsumerServiceStyle: ExpressibleByArgument {}

extension RolesMode: ExpressibleByArgument {}

extension RequestBinding: ExpressibleByArgument {}

extension NameIDPolicy: ExpressibleByArgument {}

extension MetadataRefreshMode: ExpressibleByArgument {}

extension SignaturePolicy: ExpressibleByArgument {}

extension LocalSignInMode: ExpressibleByArgument {}

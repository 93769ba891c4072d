"""A story told by a client that is not ours: zeep, driven by the sandbox's own WSDLs,
with strict parsing. It creates, reads back, updates, changes identifiers and deletes
over all four services, and checks what it reads. It prints one line per chapter.

Usage: story.py BASE-URL USER PASSWORD ROOT-GROUP
"""
import sys
from zeep import Client, Settings
from zeep.helpers import serialize_object
from zeep.wsse.username import UsernameToken

base, user, password, root = sys.argv[1:]
settings = Settings(strict=True, xml_huge_tree=False)


def service(name):
    url = "%s/WCFServiceLibrary/%s.svc?singleWsdl" % (base, name)
    client = Client(url, settings=settings, wsse=UsernameToken(user, password))
    return client.bind(*next((s, p) for s in client.wsdl.services for p in client.wsdl.services[s].ports)), client


persons, person_client = service("PersonManagementServiceSync")
extended, _ = service("ExtendedPersonManagementServiceSync")
groups, group_client = service("GroupManagementServiceSync")
memberships, _ = service("MembershipManagementServiceSync")


def headers(message):
    return {"syncRequestHeaderInfo": {"messageIdentifier": message}}


def call(operation, message, **arguments):
    """Calls an operation; returns its body and its statuses."""
    answer = operation(_soapheaders=headers(message), **arguments)
    header = answer.header.syncResponseHeaderInfo
    assert header.messageIdentifier == message, header
    if header.statusInfo is not None:
        statuses = [header.statusInfo]
    else:
        statuses = header.statusInfoSet.statusInfo
    return answer.body, statuses


def ok(statuses, count=1):
    assert [s.codeMajor for s in statuses] == ["success"] * count, statuses
    return statuses


def person(first, last, **more):
    return dict(
        formatName=None,
        name={"partName": [{"namePartType": "First", "namePartValue": first}, {"namePartType": "Last", "namePartValue": last}]},
        institutionRole=[{"institutionRoleType": "Student", "primaryRoleType": True}], **more)


def key(identifier):
    return {"identifier": identifier}


def last_name(p):
    return next(n.namePartValue for n in p.name.partName if n.namePartType == "Last")


def chapter(title):
    print(title)


def persons_are_created_and_read():
    _, s = call(persons.createPerson, "m-1", sourcedId=key("zeep-1"), person=person("Vera", "Sample", email="vera@example.org"))
    ok(s)
    pairs = [{"sourcedId": key("zeep-2"), "person": person("Nils", "Probe")}, {"sourcedId": key("zeep-3"), "person": person("Ida", "Muster")}]
    _, s = call(persons.createPersons, "m-2", personIdPairSet={"personIdPair": pairs})
    ok(s, 2)
    body, s = call(persons.readPerson, "m-3", sourcedId=key("zeep-1"))
    ok(s)
    read = body if hasattr(body, "name") else body.person
    assert read.email == "vera@example.org" and last_name(read) == "Sample", read
    body, s = call(persons.readPersons, "m-4", sourcedIdSet={"identifier": ["zeep-2", "zeep-nobody", "zeep-3"]})
    assert [x.codeMajor for x in s] == ["success", "failure", "success"], s
    found = serialize_object(body)
    names = [n["namePartValue"] for p in (found.get("personSet") or found)["person"] for n in p["name"]["partName"] if n["namePartType"] == "Last"]
    assert names == ["Probe", "Muster"], names
    chapter("persons are created and read")


def relationships_are_kept():
    extension = {"relationship": [{"relation": "Child", "sourceId": key("zeep-2")}, {"relation": "Child", "sourceId": key("zeep-nobody")}]}
    _, s = call(persons.updatePerson, "m-5", sourcedId=key("zeep-1"), person=person("Vera", "Sample", extension=extension))
    assert s[0].severity == "warning" and "'zeep-nobody' does not exist" in s[0].description.text, s
    body, s = call(persons.readPerson, "m-6", sourcedId=key("zeep-2"))
    read = body if hasattr(body, "name") else body.person
    links = [(r.relation, r.sourceId.identifier) for r in read.extension.relationship]
    assert links == [("Parent", "zeep-1")], links
    chapter("relationships are kept, unknown children are reported")


def groups_are_created_and_read():
    group = dict(
        groupType={"scheme": "ItslearningOrganisationTypes", "typeValue": [{"type": "School"}]},
        relationship=[{"relation": "Parent", "sourceId": key(root)}], description={"descShort": "Sample School"})
    _, s = call(groups.createGroup, "m-7", sourcedId=key("zeep-school"), group=group)
    ok(s)
    _, s = call(groups.updateGroup, "m-8", sourcedId=key("zeep-school"),
                group=dict(relationship=[{"relation": "Parent", "sourceId": key(root)}], description={"descShort": "New School"}))
    ok(s)
    body, s = call(groups.readGroup, "m-9", sourcedId=key("zeep-school"))
    ok(s)
    read = body if hasattr(body, "description") else body.group
    assert read.description.descShort == "New School" and read.groupType.typeValue[0].type == "School", read
    chapter("groups are created, updated and read")


def memberships_are_created_and_read():
    def member(p, role):
        return {"groupSourcedId": key("zeep-school"), "member": {"memberSourcedId": key(p), "role": [{"roleType": role}]}}
    pairs = [{"sourcedId": key("zeep-m1"), "membership": member("zeep-1", "Instructor")}, {"sourcedId": key("zeep-m2"), "membership": member("zeep-2", "01")}]
    _, s = call(memberships.createMemberships, "m-10", membershipIdPairSet={"membershipIdPair": pairs})
    ok(s, 2)
    body, s = call(memberships.readMembershipsForGroup, "m-11", groupSourcedId=key("zeep-school"))
    ok(s)
    found = serialize_object(body)
    pairs = (found.get("membershipIDPairSet") or found)["membershipIdPair"]
    assert sorted(p["sourcedId"]["identifier"] for p in pairs) == ["zeep-m1", "zeep-m2"], pairs
    body, s = call(persons.readPersonsForGroup, "m-12", groupSourcedId=key("zeep-school"))
    ok(s)
    chapter("memberships are created and read from both sides")


def identifiers_are_changed():
    _, s = call(persons.changePersonIdentifier, "m-13", sourcedId=key("zeep-2"), newSourcedId=key("zeep-2b"))
    ok(s)
    _, s = call(groups.changeGroupsIdentifier, "m-14", pairSourcedIdSet={"identifierPair": [{"firstId": "zeep-school", "secondId": "zeep-school-b"}]})
    ok(s)
    _, s = call(persons.readPerson, "m-15", sourcedId=key("zeep-2"))
    assert s[0].codeMajor == "failure", s
    body, s = call(memberships.readMembership, "m-16", sourcedId=key("zeep-m2"))
    ok(s)
    read = body if hasattr(body, "member") else body.membership
    assert (read.groupSourcedId.identifier, read.member.memberSourcedId.identifier) == ("zeep-school-b", "zeep-2b"), read
    chapter("identifiers are changed, memberships follow")


def everybody_is_paged():
    body, s = call(extended.readAllPersons, "m-17", PageIndex=1, PageSize=2, CreatedFrom=None, OnlyManuallyCreatedUsers=False, ConvertFromManual=False)
    ok(s)
    assert body.virtualCount >= 3 and len(body.personIdPairSet.personIdPair) == 2, body
    chapter("all persons are read page by page")


def all_is_deleted():
    _, s = call(memberships.deleteMembership, "m-18", sourcedId=key("zeep-m1"))
    ok(s)
    _, s = call(groups.deleteGroup, "m-19", sourcedId=key("zeep-school-b"))
    ok(s)
    _, s = call(memberships.readMembership, "m-20", sourcedId=key("zeep-m2"))
    assert s[0].codeMajor == "failure", s
    _, s = call(persons.deletePersons, "m-21", sourcedIdSet={"identifier": ["zeep-1", "zeep-2b", "zeep-3", "zeep-nobody"]})
    assert [x.codeMajor for x in s] == ["success"] * 3 + ["failure"], s
    _, s = call(persons.readPerson, "m-22", sourcedId=key("zeep-1"))
    assert s[0].codeMajor == "failure", s
    chapter("all is deleted, the group's memberships with it")


for part in (persons_are_created_and_read, relationships_are_kept, groups_are_created_and_read, memberships_are_created_and_read,
             identifiers_are_changed, everybody_is_paged, all_is_deleted):
    part()

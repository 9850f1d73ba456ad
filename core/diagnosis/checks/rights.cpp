// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/checks.h"

using namespace Qt::StringLiterals;

namespace queuedeck::diagnosis {

using base::Sentence;
using domain::Finding;
using domain::Remedy;
using domain::Severity;

namespace {
Sentence yesNo(bool may)
{
    return may ? Sentence::tr("yes") : Sentence::tr("no");
}
} // namespace

// What the role may do, whatever this connection was opened for.
base::Result<Verdict> checkRights(Ground& ground)
{
    const store::TableShape& shape = ground.shape();
    QVector<domain::Fact> facts;
    QString user;
    QString grant;
    if (ground.isPostgres()) {
        const auto rows = ground.ask(ground.server().rights);
        if (!rows)
            return rows.error();
        if (rows->isEmpty())
            return notAllowed(Sentence::tr("this user may not look"));
        const db::Rows::Row row = (*rows)[0];
        user = row.text(0);
        const Sentence source = Sentence(u"has_table_privilege"_s);
        facts = {{Sentence::tr("User"), user, Sentence(u"current_user"_s)},
                 {Sentence::tr("Owner of the table"), row.text(1), Sentence(u"pg_class"_s)},
                 {Sentence::tr("May read it"), yesNo(row.boolean(2)), source},
                 {Sentence::tr("May add jobs"), yesNo(row.boolean(3)), source},
                 {Sentence::tr("May change jobs"), yesNo(row.boolean(5)), source},
                 {Sentence::tr("May delete jobs"), yesNo(row.boolean(4)), source}};
        if (!row.boolean(5))
            grant = u"GRANT SELECT, INSERT, UPDATE, DELETE ON %1 TO \"%2\";"_s.arg(
                ground.quotedTable(), QString(user).replace(u'"', u"\"\""_s));
    }
    if (shape.changesOff.isEmpty() && shape.enqueueOff.isEmpty())
        return good(user.isEmpty() ? Sentence::tr("may read and change")
                                   : Sentence::tr("%1 may read and change").arg(user));
    if (shape.changesOff.isEmpty())
        return advice(shape.enqueueOff);
    Finding finding{
        .id = u"rights"_s,
        .severity = Severity::Error,
        .evidence = shape.changesOff,
        .cause = Sentence::tr("Jobs can be viewed, but Queuedeck can neither run nor "
                              "change them here."),
        .facts = facts,
        .remedies = {{Sentence::tr("Have the owner of the database allow it, or sign in "
                                   "as another user.")}},
        .statement = grant};
    if (!grant.isEmpty())
        finding.remedies.push_back(
            {Sentence::tr("This statement allows it."), Remedy::Action::CopyStatement});
    if (!ground.isShared()) // else somebody else processes
        finding.explains = ground.waiting() ? ground.waiting()->jobs : 0;
    else
        finding.severity = Severity::Warning;
    return found(finding, Sentence::tr("viewing only"));
}

base::Result<Verdict> checkRowSecurity(Ground& ground)
{
    if (!ground.isPostgres())
        return Verdict{};
    if (!ground.shape().hasRowSecurity)
        return good(Sentence::tr("does not apply"));
    return found(
        {.id = u"row-security"_s,
         .severity = Severity::Warning,
         .evidence = Sentence::tr("Row level security applies to this user."),
         .cause = Sentence::tr("Jobs that it hides are neither shown nor counted nor run, "
                               "and changes it forbids are skipped without an error."),
         .facts = {{Sentence::tr("Policies on the table"), Sentence::tr("active"),
                    Sentence(u"row_security_active"_s)}},
         .remedies = {{Sentence::tr("Sign in as a user whom no policy restricts: the owner "
                                    "of the table, or one with BYPASSRLS.")}}},
        Sentence::tr("applies"));
}

} // namespace queuedeck::diagnosis

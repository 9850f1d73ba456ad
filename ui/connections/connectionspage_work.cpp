// SPDX-License-Identifier: GPL-3.0-or-later
// What the page of connections asks its services for, and what it does with the answers.
#include "core/async/deliver.h"
#include "core/service/connectionhealth.h"
#include "core/service/home.h"
#include "core/service/keyservice.h"
#include "core/service/profileimport.h"
#include "core/service/survey.h"
#include "ui/connections/connectionform.h"
#include "ui/connections/connectionsmodel.h"
#include "ui/connections/connectionspage.h"
#include "ui/connections/importconnections.h"
#include "ui/connections/teststepsview.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/strip.h"

#include <QFileDialog>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using Saved = service::SavedConnections;
namespace profilestore = service::profilestore;

void ConnectionsPage::read()
{
    async::deliver(profilestore::readLater(), this, [this](const base::Result<Saved>& saved) {
        if (saved && !saved->problem.isEmpty())
            say(saved->problem.translated(), true);
        else if (saved && saved->isNewer)
            say(tr("These connections were saved by a newer Queuedeck. They can be used, but not "
                   "changed from here."),
                false);
        else if (saved && saved->unreadable > 0)
            say(tr("%1 entries of the file are not understood. They are kept as they are.")
                    .arg(saved->unreadable),
                false);
        showSaved(saved, m_id);
    });
}

void ConnectionsPage::showSaved(const base::Result<Saved>& saved, const QString& chosenId)
{
    m_isBusy = false;
    if (!saved) {
        say(errorLine(saved.error()), true);
        updateButtons();
        return;
    }
    m_saved = *saved;
    m_model->setProfiles(m_saved.profiles);
    m_count->setText(formatCount(m_saved.profiles.size()));
    m_table->setVisible(!m_saved.profiles.isEmpty());
    m_empty->setVisible(m_saved.profiles.isEmpty());
    m_empty->show(Icon::Database, tr("No connection is saved yet."),
                  tr("Enter an address at the right, or import a file that names one."));
    updateOffer();
    if (!chosenId.isEmpty() || (m_id.isEmpty() && !m_form->isChanged()))
        choose(chosenId.isEmpty() && !m_saved.profiles.isEmpty() ? m_saved.profiles.first().id
                                                                 : chosenId);
    updateButtons();
    askHealth();
    if (!std::exchange(m_wasRead, true) && !m_saved.profiles.isEmpty())
        m_table->setFocus(Qt::OtherFocusReason);
}

void ConnectionsPage::choose(const QString& id)
{
    const int row = m_model->rowOf(id);
    if (row >= 0)
        m_table->setCurrentIndex(m_model->index(row, 0));
}

void ConnectionsPage::showCurrent()
{
    const domain::Profile* const profile = m_model->profile(m_table->currentIndex().row());
    // What is being entered stays while the list is read again.
    if (!profile || (profile->id == m_id && m_form->isChanged()))
        return;
    const bool isOther = profile->id != m_id;
    m_id = profile->id;
    m_form->setProfile(*profile);
    if (isOther) {
        ++m_testing;
        m_tested->setText({});
        m_steps->clear();
    }
    updateButtons();
}

void ConnectionsPage::startNew(const domain::Profile& profile, const QString& password)
{
    m_id.clear();
    ++m_testing;
    m_tested->setText({});
    m_steps->clear();
    m_form->setProfile({});
    if (!profile.address.isEmpty())
        m_form->setProfile(profile, password);
    updateButtons();
}

void ConnectionsPage::duplicate()
{
    domain::Profile copy = m_form->profile();
    copy.id.clear();
    copy.lastUsed = {};
    copy.rules.name = domain::freeName(copy.rules.name, m_saved.profiles);
    m_isBusy = true;
    async::deliver(profilestore::save(copy), this,
                   [this, name = copy.rules.name](const base::Result<Saved>& saved) {
                       QString id;
                       if (const auto* made =
                               saved ? domain::findProfile(saved->profiles, name) : nullptr)
                           id = made->id;
                       showSaved(saved, id);
                       m_form->focusName();
                   });
}

// One that still has to answer is not asked again.
void ConnectionsPage::askHealth()
{
    if (!isVisible())
        return;
    for (const domain::Profile& profile : m_model->profiles()) {
        if (m_asking.contains(profile.id))
            continue;
        m_asking += profile.id;
        async::deliver(
            service::connectionHealth(profile.address), this,
            [this, id = profile.id](const base::Result<service::ConnectionHealth>& health) {
                m_asking -= id;
                if (health)
                    m_model->setHealth(id, *health);
            });
    }
}

void ConnectionsPage::refresh()
{
    askHealth();
    if (m_test->isEnabled())
        test();
}

void ConnectionsPage::test()
{
    const int mine = ++m_testing;
    const QString address = m_form->wholeAddress();
    m_steps->showTrying();
    m_tested->setText(tr("trying…"));
    async::deliver(service::survey(address), this,
                   [this, mine, address](const base::Result<service::Survey>& survey) {
                       if (mine != m_testing)
                           return;
                       m_steps->show(service::testSteps(address, survey));
                       m_tested->setText(tr("looked at %1, nothing changed")
                                             .arg(formatClock(QDateTime::currentDateTimeUtc())));
                       updateButtons();
                   });
}

void ConnectionsPage::save(bool andOpen, bool isReadOnly)
{
    domain::Profile profile = m_form->profile();
    if (profile.rules.name.isEmpty()) // what a database is called is a good name
        profile.rules.name =
            domain::freeName(placeText(profile).section(u" · "_s, -1), m_saved.profiles);
    m_isBusy = true;
    updateButtons();
    async::deliver(profilestore::save(profile), this,
                   [this, profile, andOpen, isReadOnly](const base::Result<Saved>& saved) {
                       if (!saved) {
                           showSaved(saved);
                           return;
                       }
                       const domain::Profile kept =
                           *domain::findProfile(saved->profiles, profile.rules.name);
                       const QString password = m_form->password();
                       keepPassword(kept);
                       m_strip->hide();
                       m_id = kept.id;
                       m_form->setProfile(kept);
                       showSaved(saved, kept.id);
                       if (andOpen)
                           Q_EMIT openWanted(kept, password, isReadOnly);
                   });
}

void ConnectionsPage::keepPassword(const domain::Profile& profile)
{
    if (m_form->password().isEmpty())
        return;
    service::KeyService keys;
    async::deliver(keys.store({service::KeyPurpose::Kind::DatabasePassword, profile.address},
                              m_form->password()),
                   this, [this](const base::Result<service::KeyInfo>& info) {
                       if (!info)
                           say(errorLine(info.error()), true);
                       else if (info->source != service::KeyInfo::Source::Keychain)
                           say(info->sentence.translated(), false);
                   });
}

// What is opened is what is saved: the rules of a connection must not depend on a lost form.
void ConnectionsPage::open(bool isReadOnly)
{
    if (!m_open->isEnabled())
        return;
    if (m_saved.isNewer || (!m_id.isEmpty() && !m_form->isChanged())) {
        m_isBusy = true;
        updateButtons();
        Q_EMIT openWanted(m_form->profile(), m_form->password(), isReadOnly);
        return;
    }
    save(true, isReadOnly);
}

void ConnectionsPage::remove()
{
    const domain::Profile* const profile = m_model->profile(m_model->rowOf(m_id));
    if (!profile)
        return;
    m_removed = *profile;
    m_isBusy = true;
    updateButtons();
    async::deliver(profilestore::remove(m_id), this, [this](const base::Result<Saved>& saved) {
        if (!saved) {
            showSaved(saved);
            return;
        }
        startNew();
        showSaved(saved);
        say(tr("%1 was removed from this list. The database is untouched, and its password stays "
               "in the keychain.")
                .arg(showControls(m_removed.rules.name)),
            false, tr("Undo"));
    });
}

void ConnectionsPage::bringBack()
{
    if (m_removed.id.isEmpty())
        return;
    m_strip->hide();
    async::deliver(profilestore::save(std::exchange(m_removed, {})), this,
                   [this](const base::Result<Saved>& saved) {
                       showSaved(saved, saved && !saved->profiles.isEmpty()
                                            ? saved->profiles.last().id
                                            : QString());
                   });
}

void ConnectionsPage::import()
{
    auto* chooser = new QFileDialog(this, tr("Import connections"));
    chooser->setFileMode(QFileDialog::ExistingFile);
    chooser->setNameFilters({tr(".env, pg_service.conf or an export (*)")});
    chooser->setFilter(QDir::Files | QDir::AllDirs | QDir::Hidden); // .env is hidden
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    connect(chooser, &QFileDialog::fileSelected, this, [this](const QString& path) {
        async::deliver(service::findConnections(path), this,
                       [this](const auto& found) { showFound(found); });
    });
    chooser->open();
}

void ConnectionsPage::showFound(const base::Result<service::FoundConnections>& found)
{
    if (!found) {
        say(errorLine(found.error()), true);
        return;
    }
    auto* dialog = new ImportConnections(*found, this);
    connect(dialog, &ImportConnections::imported, this, [this](int connections) {
        say(connections == 1 ? tr("1 connection was imported.")
                             : tr("%1 connections were imported.").arg(connections),
            false);
        async::deliver(profilestore::readLater(), this, [this](const base::Result<Saved>& saved) {
            showSaved(saved,
                      saved && !saved->profiles.isEmpty() ? saved->profiles.last().id : QString());
        });
    });
    dialog->open();
}

void ConnectionsPage::importOffered()
{
    auto found = service::connectionFrom(m_offered);
    if (!found) {
        say(errorLine(found.error()), true);
        return;
    }
    found->from = m_from;
    service::FoundConnections all;
    all.all += *found;
    showFound(all);
}

void ConnectionsPage::exportAll()
{
    auto* chooser = new QFileDialog(this, tr("Export connections"));
    chooser->setAcceptMode(QFileDialog::AcceptSave);
    chooser->selectFile(u"queuedeck-connections.json"_s);
    chooser->setNameFilters({tr("Connections (*.json)")});
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    connect(chooser, &QFileDialog::fileSelected, this, [this](const QString& path) {
        async::deliver(service::exportConnections(m_saved.profiles, path), this,
                       [this, path](const base::Result<int>& written) {
                           if (written)
                               say(tr("%1 connections were written to %2, without passwords.")
                                       .arg(*written)
                                       .arg(path),
                                   false);
                           else
                               say(errorLine(written.error()), true);
                       });
    });
    chooser->open();
}

} // namespace queuedeck::ui

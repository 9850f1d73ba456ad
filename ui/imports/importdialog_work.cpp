// SPDX-License-Identifier: GPL-3.0-or-later
// What the import dialog asks its service for, and what it does with the answers.
#include "core/async/deliver.h"
#include "core/service/session.h"
#include "ui/imports/importcolumns.h"
#include "ui/imports/importdialog.h"
#include "ui/imports/importfilebar.h"
#include "ui/imports/importmemory.h"
#include "ui/imports/importoutcome.h"
#include "ui/imports/importowner.h"
#include "ui/imports/importpreviewpanel.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/strip.h"

#include <QFileInfo>
#include <QLocale>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

service::ImportChoice ImportDialog::choice() const
{
    service::ImportChoice choice;
    choice.file = m_file;
    m_bar->fill(choice);
    m_owner->fill(choice);
    choice.mayUpdate = m_outcome->mayUpdate();
    return choice;
}

QString ImportDialog::keptAs() const
{
    const QFileInfo file(m_file);
    return file.absolutePath() + u'/' + file.completeBaseName() + u".rejected.csv"_s;
}

qint64 ImportDialog::importedCount() const
{
    return m_result.created + m_result.updated + m_result.unchanged;
}

void ImportDialog::setFile(const QString& path)
{
    m_file = path;
    m_bar->setFile(path);
    look(true);
}

void ImportDialog::look(bool triesOut)
{
    m_stop.request_stop();
    m_error->hide();
    m_result = {};
    setState(State::Looking);
    const int question = ++m_question;
    async::deliver(
        m_session.imports().look(choice()), this,
        [this, question, triesOut](const base::Result<service::ImportLook>& look) {
            if (question != m_question)
                return;
            if (!look) {
                m_columns->show(m_bar->target(), {});
                failed(look.error());
                return;
            }
            m_bar->show(*look);
            m_columns->show(m_bar->target(), look->columns);
            const auto earlier = earlierMapping(m_bar->target(), m_columns->columnNames());
            const bool differs = earlier && !earlier->columns.isEmpty();
            m_columns->offerEarlier(
                differs ? tr("Use the mapping from %1")
                              .arg(QLocale().toString(earlier->day, QLocale::ShortFormat))
                        : QString());
            if (triesOut)
                tryOut();
            else
                setState(State::Changed);
        });
}

void ImportDialog::offerEarlier()
{
    if (const auto earlier = earlierMapping(m_bar->target(), m_columns->columnNames()))
        m_columns->setMapping(earlier->columns);
}

void ImportDialog::tryOut()
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    m_error->hide();
    m_progress = std::make_shared<Progress>();
    m_result = {};
    // The button that was pressed is about to be off.
    if (m_again->hasFocus())
        m_safe->setFocus(Qt::OtherFocusReason);
    setState(State::Trying);
    service::ImportChoice trial = choice();
    trial.mapping = m_columns->mapping();
    const int question = ++m_question;
    async::deliver(m_session.imports().tryOut(trial, m_scratch.filePath(u"rejected.csv"_s),
                                              m_stop.get_token(),
                                              [progress = m_progress](qint64 done, qint64 all) {
                                                  progress->done = done;
                                                  progress->all = all;
                                              }),
                   this, [this, question](const base::Result<service::ImportResult>& result) {
                       if (question != m_question)
                           return;
                       if (result)
                           tried(*result);
                       else
                           failed(result.error());
                   });
}

void ImportDialog::tried(const service::ImportResult& result)
{
    m_result = result;
    m_bar->show(result);
    m_outcome->show(result, keptAs());
    m_preview->show(m_bar->target(), result);
    setState(State::Tried);
    if (importedCount() == 0)
        m_error->say(Strip::Kind::Error, tr("No line can be imported."));
}

void ImportDialog::changed()
{
    if (m_file.isEmpty() || m_state == State::NoFile || m_state == State::Looking)
        return;
    m_stop.request_stop();
    ++m_question;
    m_error->hide();
    setState(State::Changed);
}

void ImportDialog::failed(const base::Error& error)
{
    if (error.kind == base::ErrorKind::Cancelled)
        return;
    m_error->say(Strip::Kind::Error, errorLine(error));
    setState(State::Changed);
}

// Rejected lines first: once the job is there, nothing may be left to go wrong.
void ImportDialog::go()
{
    if (m_state != State::Tried)
        return;
    setState(State::Adding);
    if (!m_outcome->keepsRejected() || m_result.rejectedFile.isEmpty()) {
        add();
        return;
    }
    async::deliver(m_session.imports().keepRejected(m_result.rejectedFile, keptAs()), this,
                   [this](const base::Result<QString>& kept) {
                       if (kept)
                           add();
                       else
                           failed(kept.error());
                   });
}

void ImportDialog::add()
{
    service::ImportChoice wanted = choice();
    wanted.mapping = m_columns->mapping();
    async::deliver(m_session.imports().add(wanted), this,
                   [this, wanted](const base::Result<service::AddedImport>& job) {
                       if (!job) {
                           failed(job.error());
                           return;
                       }
                       rememberMapping(wanted.target, m_columns->columnNames(), wanted.mapping);
                       setState(State::Tried); // so that it may close
                       accept();
                       Q_EMIT added(job->job);
                   });
}

} // namespace queuedeck::ui

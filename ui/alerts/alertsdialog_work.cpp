// SPDX-License-Identifier: GPL-3.0-or-later
// What the dialog does: tries rules out, sends a test, snoozes, saves.
#include "core/async/deliver.h"
#include "core/service/historyservice.h"
#include "core/service/session.h"
#include "ui/alerts/alerthistorymodel.h"
#include "ui/alerts/alertsdialog.h"
#include "ui/alerts/channelsform.h"
#include "ui/alerts/previewview.h"
#include "ui/alerts/ruleeditor.h"
#include "ui/alerts/rulesmodel.h"
#include "ui/notice/errortext.h"

#include <QListView>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

void AlertsDialog::act(const QModelIndex& index)
{
    const alerts::AlertEntry entry = m_history->entryAt(index.row());
    alerts::AlertWatch& watch = m_alerts.watch();
    if (entry.isOn())
        watch.snooze(entry.ruleId, watch.isSnoozed(entry.ruleId) ? std::chrono::seconds(0)
                                                                 : std::chrono::hours(1));
    else
        Q_EMIT jobsWanted(u"created:%1..%2"_s.arg(
            entry.began.addSecs(-3600).toUTC().toString(u"yyyy-MM-ddTHH:mm"_s),
            entry.ended.toUTC().toString(u"yyyy-MM-ddTHH:mm"_s)));
}

void AlertsDialog::preview()
{
    const int row = currentRow();
    if (row < 0)
        return m_preview->showNothing(tr("No rule is selected."));
    const alerts::Rule& rule = m_rules->rules()[row];
    const auto known = m_histories.find(rule.type);
    if (known != m_histories.end())
        m_preview->show(rule, known->second);
    else
        readHistory(rule.type);
}

void AlertsDialog::readHistory(const QString& type)
{
    if (m_asked == type)
        return;
    m_asked = type;
    m_preview->showNothing(tr("Reading the history…"));
    async::deliver(m_session.history().read(domain::HistoryPeriod::Week, type), this,
                   [this, type](const base::Result<domain::History>& history) {
                       if (m_asked == type)
                           m_asked = u"\n"_s;
                       if (!history)
                           return m_preview->showNothing(errorLine(history.error()));
                       m_histories[type] = *history;
                       preview();
                   });
}

void AlertsDialog::sendTest(const QString& address)
{
    m_channels->setTesting(true);
    async::deliver(
        m_alerts.sendTest(address), this, [this](const base::Result<base::Sentence>& answer) {
            m_channels->setTesting(false);
            m_channels->say(answer ? answer->translated() : answer.error().detail.translated(),
                            !answer);
        });
}

void AlertsDialog::readHost()
{
    async::deliver(m_alerts.webhookHost(), this, [this](const base::Result<QString>& host) {
        m_channels->setKeptHost(host ? *host : QString());
    });
}

void AlertsDialog::showProblem(const QString& problem)
{
    setNote(problem);
}

void AlertsDialog::save()
{
    for (int row = 0; row < m_rules->rowCount(); ++row) {
        const base::Sentence problem = alerts::ruleProblem(m_rules->rules()[row]);
        if (problem.isEmpty())
            continue;
        m_list->setCurrentIndex(m_rules->index(row));
        return showProblem(problem.translated());
    }
    if (const QString problem = m_editor->problem(); currentRow() >= 0 && !problem.isEmpty())
        return showProblem(problem);
    if (const QString problem = m_channels->problem(); !problem.isEmpty())
        return m_channels->say(problem, true);
    m_go->setEnabled(false);
    if (m_channels->address().isEmpty())
        return store();
    async::deliver(m_keys.store(m_alerts.webhookAddress(), m_channels->address()), this,
                   [this](const base::Result<service::KeyInfo>& kept) {
                       m_go->setEnabled(true);
                       if (!kept)
                           return m_channels->say(kept.error().detail.translated(), true);
                       m_alerts.retryWebhook();
                       store();
                   });
}

void AlertsDialog::store()
{
    async::deliver(m_alerts.watch().save(m_rules->rules(), m_channels->channels()), this,
                   [this](const base::Result<alerts::SavedRules>& saved) {
                       m_go->setEnabled(true);
                       if (saved)
                           accept();
                       else
                           showProblem(saved.error().detail.translated());
                   });
}

} // namespace queuedeck::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/bulkrun.h"

#include "core/async/deliver.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"

#include <QBoxLayout>
#include <QPointer>
#include <QProgressBar>

namespace queuedeck::ui {

BulkRun::BulkRun(QWidget* parent)
    : QWidget(parent)
    , m_bar(new QProgressBar(this))
    , m_words(new Label({}, TextRole::Body, Color::Text, this))
{
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(px(space::kS));
    column->addWidget(m_bar);
    column->addWidget(m_words);
    hide();
}

void BulkRun::show(qint64 done, qint64 total)
{
    m_bar->setRange(0, 1000);
    m_bar->setValue(total > 0 ? int(done * 1000 / total) : 0);
    m_words->setText(tr("%1 of %2 done.").arg(formatCount(done), formatCount(total)));
}

void BulkRun::start(const Question& question)
{
    m_isRunning = true;
    m_stop = std::stop_source();
    QWidget::show();
    show(0, 0);
    service::ChangeOptions options;
    options.stop = m_stop.get_token();
    // Told on the write thread; the receiver may be gone by then.
    options.progress = [receiver = QPointer<BulkRun>(this)](qint64 done, qint64 total) {
        QMetaObject::invokeMethod(
            receiver.data(),
            [receiver, done, total] {
                if (receiver && receiver->m_isRunning)
                    receiver->show(done, total);
            },
            Qt::QueuedConnection);
    };
    async::deliver(question(options), this, [this](const base::Result<domain::Outcome>& outcome) {
        m_isRunning = false;
        Q_EMIT finished(outcome);
    });
}

void BulkRun::stopHere()
{
    m_stop.request_stop();
}

} // namespace queuedeck::ui

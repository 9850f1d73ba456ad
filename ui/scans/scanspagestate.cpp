// SPDX-License-Identifier: GPL-3.0-or-later
// How the page looks: empty or not, wide or narrow, and what is dropped on it.
#include "ui/actions/actionbutton.h"
#include "ui/actions/actionset.h"
#include "ui/scans/pictureview.h"
#include "ui/scans/scanfields.h"
#include "ui/scans/scanfilters.h"
#include "ui/scans/scansmodel.h"
#include "ui/scans/scanspage.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"

#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QSplitter>
#include <QStackedLayout>
#include <QUrl>

namespace queuedeck::ui {
namespace {
constexpr int kFieldsWidth = 380;

QStringList localFiles(const QMimeData* data)
{
    QStringList paths;
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile())
            paths += url.toLocalFile();
    }
    return paths;
}
} // namespace

void ScansPage::updateState()
{
    const qint64 processing = m_filters->processing();
    m_processing->setText(processing > 0 ? tr("%1 processing").arg(formatCount(processing))
                                         : QString());
    const bool isEmpty = m_model->isLoaded() && m_model->rowCount() == 0;
    if (!isEmpty) {
        m_listStack->setCurrentIndex(0);
        m_isEmptyShown = false;
    } else {
        showEmpty();
    }
    updateTexts();
}

void ScansPage::showEmpty()
{
    const bool isFiltered = m_model->filter() != service::ScanFilter{};
    if (m_isEmptyShown && m_isEmptyFiltered == isFiltered)
        return; // the button may hold the focus
    m_isEmptyShown = true;
    m_isEmptyFiltered = isFiltered;
    if (isFiltered) {
        m_none->show(Icon::Filter, tr("No scan matches this filter."), {});
        QPushButton* all = makeButton(tr("Clear Filter"), m_none);
        connect(all, &QPushButton::clicked, this, &ScansPage::showNewest);
        m_none->addButton(all);
    } else {
        m_none->show(Icon::Scans, tr("No scans yet."),
                     tr("Drop pictures of cards or licenses here, or upload them."));
        m_none->addButton(new ActionButton(m_actions.action(ActionId::UploadCard), m_none));
    }
    m_listStack->setCurrentIndex(1);
}

void ScansPage::updateTexts()
{
    QStringList texts;
    if (m_model->filter() == service::ScanFilter{})
        texts += tr("%1 scans").arg(formatCount(m_filters->total()));
    else if (m_model->canFetchMore({}))
        texts += tr("%1 or more match").arg(formatCount(m_model->rowCount()));
    else
        texts += tr("%1 match").arg(formatCount(m_model->rowCount()));
    if (!m_shownScan.id.isEmpty())
        texts +=
            m_model->rowOf(m_shownScan.id) >= 0 ? tr("1 selected") : tr("1 selected, out of sight");
    setStatusTexts(texts);
}

void ScansPage::arrange()
{
    const bool isNarrow = window()->width() < px(size::kDetailBelowWidth);
    const auto wanted = isNarrow ? Qt::Vertical : Qt::Horizontal;
    m_filterButton->setVisible(isNarrow);
    m_fields->setMinimumWidth(px(isNarrow ? 200 : 300));
    m_picture->setMinimumSize(px(200), px(160));
    if (m_detail->orientation() == wanted && m_isArranged)
        return;
    m_isArranged = true;
    m_detail->setOrientation(wanted);
    const int length = isNarrow ? m_detail->height() : m_detail->width();
    const int fields = isNarrow ? length * 55 / 100 : px(kFieldsWidth);
    m_detail->setSizes({qMax(1, length - fields), fields});
}

void ScansPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    arrange();
}

// The single-letter keys of the list; those of the job tables act on jobs and do not belong here.
bool ScansPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const int row = m_list->currentIndex().row();
        const auto go = [&](int to) {
            if (to >= 0 && to < m_model->rowCount())
                m_list->setCurrentIndex(m_model->index(to));
            return true;
        };
        if (key->modifiers() == Qt::NoModifier) {
            switch (key->key()) {
            case Qt::Key_J: return go(row + 1);
            case Qt::Key_K: return go(row - 1);
            case Qt::Key_R: m_retry->click(); return true;
            default: break;
            }
        }
    }
    return Page::eventFilter(watched, event);
}

void ScansPage::dragEnterEvent(QDragEnterEvent* event)
{
    if (!localFiles(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void ScansPage::dropEvent(QDropEvent* event)
{
    const QStringList paths = localFiles(event->mimeData());
    if (paths.isEmpty())
        return;
    event->acceptProposedAction();
    Q_EMIT uploadWanted(paths);
}

} // namespace queuedeck::ui

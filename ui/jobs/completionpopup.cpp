// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/completionpopup.h"

#include "ui/jobs/completiondelegate.h"
#include "ui/jobs/completionhelp.h"
#include "ui/jobs/completionmodel.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/stylepaint.h"
#include "ui/widgets/theme.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QEvent>
#include <QListView>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr int kWidth = 648, kHelp = 236, kFoot = 30, kMostHeight = 330, kLeastHeight = 150;
}

CompletionPopup::CompletionPopup(QWidget* field)
    : QFrame(field->window())
    , m_field(field)
    , m_model(new CompletionModel(this))
    , m_list(new QListView(this))
    , m_help(new CompletionHelp(this))
    , m_sample(new Label({}, TextRole::Small, Color::Muted, this))
{
    setObjectName(u"completions"_s);
    setAccessibleName(tr("Completions"));
    setFocusPolicy(Qt::NoFocus);
    setAttribute(Qt::WA_ShowWithoutActivating);
    m_list->setObjectName(u"completionList"_s);
    m_list->setAccessibleName(tr("Completions"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CompletionDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus); // the keys go to what is typed
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_help->setFixedWidth(px(kHelp));

    auto* columns = new QHBoxLayout;
    columns->setSpacing(0);
    columns->addWidget(m_list, 1);
    columns->addWidget(m_help);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(px(14), 0, px(14), 0);
    foot->addWidget(new Label(tr("↑ ↓ move   Tab takes it   Enter searches   Esc closes"),
                              TextRole::Small, Color::Muted));
    foot->addStretch(1);
    foot->addWidget(m_sample);
    auto* footBar = new QWidget(this);
    footBar->setFixedHeight(px(kFoot));
    footBar->setLayout(foot);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(1, 1, 1, 1);
    all->setSpacing(0);
    all->addLayout(columns, 1);
    all->addWidget(new Hairline);
    all->addWidget(footBar);
    hide();
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) {
        if (!m_model->item(index))
            return;
        point(index);
        Q_EMIT chosen();
    });
    window()->installEventFilter(this);
}

void CompletionPopup::show(const domain::Completions& completions,
                           const domain::QueryVocabulary& vocabulary, bool pointsAtFirst)
{
    m_vocabulary = vocabulary;
    m_model->setCompletions(completions);
    if (completions.items.isEmpty()) {
        hide();
        return;
    }
    m_sample->setText(
        vocabulary.sampled > 0
            ? tr("Paths from a sample of %1 jobs").arg(formatCount(vocabulary.sampled))
            : QString());
    point(pointsAtFirst ? m_model->next({}, 1) : QModelIndex());
    m_list->scrollToTop();
    place();
    QFrame::show();
    raise();
}

const domain::Completion* CompletionPopup::current() const
{
    return isHidden() ? nullptr : m_model->item(m_list->currentIndex());
}

const domain::Completions& CompletionPopup::completions() const
{
    return m_model->completions();
}

void CompletionPopup::move(int step)
{
    point(m_model->next(m_list->currentIndex(), step));
}

void CompletionPopup::point(const QModelIndex& index)
{
    m_list->setCurrentIndex(index);
    m_help->show(m_model->item(index), m_vocabulary);
    if (!index.isValid()) {
        m_list->clearSelection();
        return;
    }
    m_list->scrollTo(index);
    // Spoken although the focus stays in the field.
    QAccessibleEvent event(m_field, QAccessible::DescriptionChanged);
    m_field->setAccessibleDescription(index.data(Qt::AccessibleTextRole).toString());
    QAccessible::updateAccessibility(&event);
}

void CompletionPopup::place()
{
    const QWidget* const over = parentWidget();
    const QPoint below = m_field->mapTo(over, QPoint(0, m_field->height() + px(2)));
    int rows = 0;
    for (int row = 0; row < m_model->rowCount(); ++row)
        rows += m_list->sizeHintForRow(row);
    const int wanted =
        std::clamp(rows + px(space::kXs), px(kLeastHeight), px(kMostHeight)) + px(kFoot) + 3;
    const int high =
        std::max(std::min(wanted, over->height() - below.y() - px(space::kS)), px(kLeastHeight));
    const int wide = std::min(px(kWidth), over->width() - 2 * px(space::kS));
    const int x = std::clamp(below.x(), 0, std::max(over->width() - wide - px(space::kS), 0));
    m_help->setVisible(wide > px(kHelp) * 2);
    setGeometry(x, below.y(), wide, high);
}

bool CompletionPopup::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize && watched == parentWidget() && !isHidden())
        place();
    return QFrame::eventFilter(watched, event);
}

void CompletionPopup::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBox(painter, rect(), tokenColor(Color::Base), tokenColor(Color::Control), 1);
}

} // namespace queuedeck::ui

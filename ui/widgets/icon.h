// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/tokens.h"

#include <QIcon>

class QPainter;
class QRectF;

namespace queuedeck::ui {

/// Our own drawings, resources/icons/*.svg, in the order of kIconFiles in icon.cpp.
enum class Icon {
    Overview,
    Jobs,
    Scans,
    Engine,
    Diagnostics,
    Retry,
    Delete,
    Cancel,
    RunNext,
    CleanUp,
    Upload,
    Download,
    Pause,
    Play,
    Stop,
    Step,
    Search,
    Filter,
    Close,
    Copy,
    ChevronDown,
    ChevronRight,
    ChevronUp,
    ChevronLeft,
    Columns,
    Bookmark,
    Plus,
    More,
    Database,
    Lock,
    Key,
    Clock,
    Warning,
    Info,
    Check,
    Cross,
    ArrowUp,
    Fit,
    Zoom,
    Rotate,
    Edit,
    Link,
    Undo,
    Refresh,
    Settings,
    Globe,
    Eye,
    Journal,
    MarkPending,
    MarkProcessing,
    MarkCompleted,
    MarkFailed,
    MarkStuck,
    MarkDead,
    MarkUnknown,
    App,
    Count
};

/// An icon drawn in a token's colour of the current theme whenever it is painted: it follows a
/// theme switch by itself, and turns muted when its widget is disabled.
QIcon makeIcon(Icon icon, Color token = Color::Text);

/// Draws directly, for delegates and our own widgets.
void paintIcon(QPainter& painter, const QRectF& rect, Icon icon, const QColor& color);

} // namespace queuedeck::ui
